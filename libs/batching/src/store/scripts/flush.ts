import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** Due now: everything up to the present number, in batches of at most the maximum size. */
export const flush = defineScript({
  name: 'flush',
  does: 'Makes what a conversation holds due at once and says how many messages that is.',
  keys: CONVERSATION_KEYS,
  args: { ...CONVERSATION_ARGS, reason: 'text' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
if unclaimed == 0 then return 0 end
s.dueUpTo, s.dueReason = s.seq, reason
save()
reindex()
return unclaimed
`,
  reply: (raw) => raw as number,
});
