import { defineScript } from './define-script';

/** The account of what the bot has answered; a batch whose worker dies over its end comes back, and is counted once. */
export const countAnswered = defineScript({
  name: 'countAnswered',
  does: 'Counts the messages of a batch whose delivery to the bot has ended well, once.',
  keys: ['counters', 'mark'],
  args: { nowMs: 'ms', messages: 'count', keepMs: 'ms' },
  body: `
if redis.call('SETNX', mark, messages) == 1 then
  redis.call('HINCRBY', counters, 'answered', messages)
end
redis.call('PEXPIRE', mark, keepMs)
`,
  reply: () => undefined,
});
