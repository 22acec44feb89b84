import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

/** How many customers one note may push out: as a rule one, or none. */
const MOST_FORGOTTEN = 10;

/** What happened to a conversation and nothing else holds, for a while and in bounds. */
export const keepNote = defineScript({
  name: 'keepNote',
  does: 'Keeps a note of a customer’s timeline; names the customers whose timelines are to be forgotten for it.',
  keys: ['timeline', 'timelines'],
  args: {
    nowMs: 'ms',
    customer: 'text',
    note: 'text',
    maxNotes: 'count',
    maxAgeMs: 'ms',
    maxCustomers: 'count',
  },
  fragments: [CLOCK],
  body: `
local oldest = string.format('%.0f', now - maxAgeMs)
redis.call('XADD', timeline, 'MAXLEN', maxNotes, '*', 'note', note)
redis.call('XTRIM', timeline, 'MINID', oldest)
redis.call('PEXPIRE', timeline, maxAgeMs)
redis.call('ZADD', timelines, now, customer)
redis.call('ZREMRANGEBYSCORE', timelines, '-inf', oldest)
redis.call('PEXPIRE', timelines, maxAgeMs)
local last = math.min(redis.call('ZCARD', timelines) - maxCustomers, ${MOST_FORGOTTEN}) - 1
if last < 0 then return {} end
local forgotten = redis.call('ZRANGE', timelines, 0, last)
redis.call('ZREMRANGEBYRANK', timelines, 0, last)
return forgotten
`,
  reply: (raw) => raw as string[],
});
