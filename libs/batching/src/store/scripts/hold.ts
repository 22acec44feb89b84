import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';

/** `forwarded`: the conversation is an alias of `to`. */
export type HoldReply = { outcome: 'held' } | { outcome: 'forwarded'; to: string };

/** A human has answered: what the customer has written and will write waits, unless somebody flushes it; so does a draft. */
export const hold = defineChange({
  name: 'hold',
  does: 'Keeps the messages of a conversation from being claimed for a time.',
  keys: ['alias', 'superseded'],
  args: { mayBeAlias: 'flag', holdMs: 'ms' },
  fragments: SUPERSEDES,
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
if maySupersede(0, 0) then supersede() end
s.heldUntil = now + holdMs
save()
return { 'held' }
`,
  reply: (raw): HoldReply => {
    const [outcome, to = ''] = raw as ['held' | 'forwarded', string?];
    return outcome === 'forwarded' ? { outcome, to } : { outcome };
  },
});
