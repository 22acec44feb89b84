import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';
import type { Fenced } from './settle';

/** Gives a claim back: the same batch is claimed again, unchanged, after the delay. */
export const release = defineScript({
  name: 'release',
  does: 'Ends a lease early without ending the claim; a failure of this batch alone is counted.',
  keys: CONVERSATION_KEYS,
  args: { ...CONVERSATION_ARGS, token: 'text', delayMs: 'ms', failed: 'flag' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
if s.token ~= token then return 'stale' end
s.token, s.leaseUntil = nil, now + delayMs
if failed then s.failures = s.failures + 1 end
save()
reindex()
return 'released'
`,
  reply: (raw) => raw as Fenced<'released'>,
});
