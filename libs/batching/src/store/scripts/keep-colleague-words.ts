import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

/** Each has a time of its own, behind the one before, so that a time says which of them a bot was told. */
export const keepColleagueWords = defineScript({
  name: 'keepColleagueWords',
  does: 'Keeps what a colleague has written to a customer, until the bot was told of it; repeated, it changes nothing.',
  keys: ['colleagueWords'],
  args: { nowMs: 'ms', words: 'text', most: 'count', keepMs: 'ms' },
  fragments: [CLOCK],
  body: `
local last = redis.call('ZREVRANGE', colleagueWords, 0, 0, 'WITHSCORES')[2]
redis.call('ZADD', colleagueWords, 'NX', math.max(now, (tonumber(last) or 0) + 1), words)
-- The age of the key is that of the latest alone.
redis.call('ZREMRANGEBYSCORE', colleagueWords, '-inf', now - keepMs)
redis.call('ZREMRANGEBYRANK', colleagueWords, 0, -1 - most)
redis.call('PEXPIRE', colleagueWords, keepMs)
return 'kept'
`,
  reply: (raw) => raw as 'kept',
});
