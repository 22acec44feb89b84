import { defineChange } from './define-change';

/** Due now: everything up to the present number, in batches of at most the maximum size. */
export const flush = defineChange({
  name: 'flush',
  does: 'Makes what a conversation holds due at once and says how many messages that is.',
  args: { reason: 'text' },
  wakes: true,
  body: `
if unclaimed == 0 then return 0 end
s.dueUpTo, s.dueReason = s.seq, reason
save()
return unclaimed
`,
  reply: (raw) => raw as number,
});
