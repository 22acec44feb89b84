import { defineScript } from './define-script';

/** The account of what the bot has answered; a batch whose worker dies over its end comes back, and is counted once. */
export const countAnswered = defineScript({
  name: 'countAnswered',
  does: 'Counts the messages of a batch whose delivery to the bot has ended well, once.',
  keys: ['counters', 'mark'],
  args: { nowMs: 'ms', messages: 'count', keepMs: 'ms' },
  body: `
if not redis.call('SET', mark, messages, 'NX', 'PX', keepMs) then return end
local counted = redis.pcall('HINCRBY', counters, 'answered', messages)
if type(counted) == 'table' then
  redis.call('DEL', mark)
  return counted
end
`,
  reply: () => undefined,
});
