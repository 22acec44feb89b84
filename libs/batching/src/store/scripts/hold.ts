import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `forwarded`: the conversation is an alias of `to`. */
export type HoldReply = { outcome: 'held' } | { outcome: 'forwarded'; to: string };

/** A human has answered: what the customer has written and will write waits, unless somebody flushes it. */
export const hold = defineScript({
  name: 'hold',
  does: 'Keeps the messages of a conversation from being claimed for a time.',
  keys: [...CONVERSATION_KEYS, 'alias'],
  args: { ...CONVERSATION_ARGS, mayBeAlias: 'flag', holdMs: 'ms' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
s.heldUntil = now + holdMs
save()
reindex()
return { 'held' }
`,
  reply: (raw): HoldReply => {
    const [outcome, to = ''] = raw as ['held' | 'forwarded', string?];
    return outcome === 'forwarded' ? { outcome, to } : { outcome };
  },
});
