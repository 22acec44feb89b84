import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

/** A worker takes conversations whose messages wait for a transcript, for a time; another takes them where it has died. */
export const takeAwaited = defineScript({
  name: 'takeAwaited',
  does: 'Names conversations that wait for a transcript and are in no worker’s hands, longest waiting first, and gives them to the caller for a time.',
  keys: ['awaited'],
  args: { nowMs: 'ms', leaseMs: 'ms', limit: 'count' },
  fragments: [CLOCK],
  body: `
local found = redis.call('ZRANGEBYSCORE', awaited, '-inf', now, 'LIMIT', 0, limit)
-- Further ahead than any lease, it was set before the clock went back.
local lost = string.format('(%d', now + leaseMs)
for _, conversation in ipairs(redis.call('ZRANGEBYSCORE', awaited, lost, '+inf', 'LIMIT', 0, limit)) do
  found[#found + 1] = conversation
end
for _, conversation in ipairs(found) do redis.call('ZADD', awaited, now + leaseMs, conversation) end
return found
`,
  reply: (raw) => raw as string[],
});
