import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

/** Something that a gateway sent and nobody understood, kept for a while and in bounds. */
export const keepUnreadable = defineScript({
  name: 'keepUnreadable',
  does: 'Keeps one unreadable body and removes those that are too many or too old.',
  keys: ['unreadable'],
  args: { nowMs: 'ms', entry: 'text', maxEntries: 'count', maxAgeMs: 'ms' },
  fragments: [CLOCK],
  body: `
redis.call('XADD', unreadable, 'MAXLEN', maxEntries, '*', 'entry', entry)
redis.call('XTRIM', unreadable, 'MINID', string.format('%.0f', now - maxAgeMs))
redis.call('PEXPIRE', unreadable, maxAgeMs)
return 'kept'
`,
  reply: () => 'kept' as const,
});
