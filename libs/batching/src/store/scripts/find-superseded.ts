import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

/** Whoever ends the job of a batch asks first. By Redis's clock: a host's that is wrong would have it forgotten at once. */
export const findSuperseded = defineScript({
  name: 'findSuperseded',
  does: 'Says whether a later batch has the messages of one whose job ends now, and remembers that for as long as its job is kept.',
  keys: ['superseded'],
  args: { nowMs: 'ms', batchId: 'text', keepMs: 'ms' },
  fragments: [CLOCK],
  body: `
if not redis.call('ZSCORE', superseded, batchId) then return 0 end
redis.call('ZADD', superseded, string.format('%.0f', now + keepMs), batchId)
return 1
`,
  reply: (raw): boolean => raw === 1,
});
