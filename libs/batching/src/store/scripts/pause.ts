import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

export interface PauseReply {
  /** False where it was as asked for already. */
  changed: boolean;
  /** Since when hand-off is, or was until now, paused, ms; null where it was not. */
  since: number | null;
}

/** Stops or resumes claiming; what is claimed already is finished by whoever holds it. */
export const pause = defineScript({
  name: 'pause',
  does: 'Stops or resumes the claiming of batches, and says since when it had been stopped.',
  keys: ['paused'],
  args: { nowMs: 'ms', stop: 'flag', wakeChannel: 'text' },
  fragments: [CLOCK],
  body: `
local since = tonumber(redis.call('GET', paused) or -1)
if stop == (since ~= -1) then return { 0, since } end
if stop then
  redis.call('SET', paused, string.format('%d', now))
  return { 1, now }
end
redis.call('DEL', paused)
-- A wake-up is a favour: where the user may not publish, the next tick finds what is due.
redis.pcall('PUBLISH', wakeChannel, 0)
return { 1, since }
`,
  reply: (raw): PauseReply => {
    const [changed, since] = raw as [number, number];
    return { changed: changed === 1, since: since === -1 ? null : since };
  },
});
