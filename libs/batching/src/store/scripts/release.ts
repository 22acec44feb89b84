import { defineChange } from './define-change';
import type { Fenced } from './settle';

/** Gives a claim back: the same batch is claimed again, unchanged, after the delay. */
export const release = defineChange({
  name: 'release',
  does: 'Ends a lease early without ending the claim; a failure of this batch alone is counted.',
  args: { token: 'text', delayMs: 'ms', failed: 'flag' },
  body: `
if s.token ~= token then return 'stale' end
s.token, s.leaseUntil = nil, now + delayMs
if failed then s.failures = s.failures + 1 end
save()
return 'released'
`,
  reply: (raw) => raw as Fenced<'released'>,
});
