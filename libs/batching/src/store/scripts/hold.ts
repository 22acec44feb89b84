import { defineChange } from './define-change';

/** `forwarded`: the conversation is an alias of `to`. */
export type HoldReply = { outcome: 'held' } | { outcome: 'forwarded'; to: string };

/** A human has answered: what the customer has written and will write waits, unless somebody flushes it. */
export const hold = defineChange({
  name: 'hold',
  does: 'Keeps the messages of a conversation from being claimed for a time.',
  keys: ['alias'],
  args: { mayBeAlias: 'flag', holdMs: 'ms' },
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
s.heldUntil = now + holdMs
save()
return { 'held' }
`,
  reply: (raw): HoldReply => {
    const [outcome, to = ''] = raw as ['held' | 'forwarded', string?];
    return outcome === 'forwarded' ? { outcome, to } : { outcome };
  },
});
