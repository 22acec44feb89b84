import { defineChange } from './define-change';
import { decodeSteer } from './mute';
import { STEER } from './steered.fragment';

/** What a customer writes is counted, and not stored. What is stored already goes its way. */
export const block = defineChange({
  name: 'block',
  does: 'Keeps the messages of a customer from being stored for a time, or no longer.',
  keys: ['alias', 'steered'],
  args: { mayBeAlias: 'flag', forMs: 'ms' },
  fragments: [STEER],
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
s.blockedUntil = forMs > 0 and now + forMs or nil
steer('block', s.blockedUntil)
save()
return { 'steered', s.blockedUntil or -1 }
`,
  reply: decodeSteer,
});
