import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { ALIVE, PROCESS_ARGS, PROCESS_KEYS, seenProcesses } from './processes.fragment';

/** A heartbeat: says that a process is alive, and hears who else is. Whoever has long been silent is forgotten. */
export const beat = defineScript({
  name: 'beat',
  does: 'Shows a process and returns all that are alive.',
  keys: PROCESS_KEYS,
  args: { ...PROCESS_ARGS, id: 'text', card: 'text' },
  fragments: [CLOCK, ALIVE],
  body: `
redis.call('ZADD', processes, now, id)
redis.call('HSET', cards, id, card)
local function forget(from, to)
  for _, gone in ipairs(redis.call('ZRANGEBYSCORE', processes, from, to, 'LIMIT', 0, 100)) do
    redis.call('ZREM', processes, gone)
    redis.call('HDEL', cards, gone)
  end
end
forget('-inf', string.format('(%d', now - aliveMs))
forget(string.format('(%d', now + aliveMs), '+inf')
return asReply(aliveProcesses())
`,
  reply: seenProcesses,
});
