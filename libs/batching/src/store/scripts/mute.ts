import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';
import { STEER } from './steered.fragment';

/** `until`: when the order ends, ms; null: there is none. `forwarded`: the conversation is an alias of `to`. */
export type SteerReply = { outcome: 'steered'; until: number | null } | { outcome: 'forwarded'; to: string };

export function decodeSteer(raw: unknown): SteerReply {
  const [outcome, detail] = raw as ['steered', number] | ['forwarded', string];
  return outcome === 'forwarded'
    ? { outcome, to: detail }
    : { outcome, until: detail === -1 ? null : detail };
}

/**
 * The bot is not called for a conversation, and an answer that is not committed is not sent. Everything else goes on:
 * messages are stored, merged, handed off and written into the history. A draft becomes a part of the window again.
 */
export const mute = defineChange({
  name: 'mute',
  does: 'Keeps the bot from being called for a conversation for a time, or no longer.',
  keys: ['alias', 'superseded', 'steered'],
  args: { mayBeAlias: 'flag', forMs: 'ms' },
  wakes: true,
  fragments: [...SUPERSEDES, STEER],
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
if forMs > 0 and maySupersede(0, 0) then supersede() end
s.mutedUntil = forMs > 0 and now + forMs or nil
if s.mutedUntil then s.start = nil end
steer('mute', s.mutedUntil)
save()
return { 'steered', s.mutedUntil or -1 }
`,
  reply: decodeSteer,
});
