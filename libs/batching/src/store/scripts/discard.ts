import { defineScript } from './define-script';

/** An operator's deletion of a dead letter; its messages move to the account that is named, `cleared` or `erased`. */
export const discard = defineScript({
  name: 'discard',
  does: 'Deletes a dead letter and says how many messages it held; 0 where there is none of this id.',
  keys: ['counters', 'deadLetters', 'deadLetter', 'deadMessages'],
  args: { nowMs: 'ms', batchId: 'text', account: 'text' },
  body: `
local held = redis.call('LLEN', deadMessages)
if held == 0 or not redis.call('ZSCORE', deadLetters, batchId) then return 0 end
local before = redis.call('HMGET', counters, 'buried', account)
local buried, other = tonumber(before[1] or 0), tonumber(before[2] or 0)
redis.call('HSET', counters, 'buried', buried - held, account, other + held)
local removed = redis.pcall('ZREM', deadLetters, batchId)
if type(removed) == 'table' then
  redis.call('HSET', counters, 'buried', buried, account, other)
  return removed
end
-- What is not listed is no dead letter, whatever is left of it.
redis.pcall('DEL', deadLetter, deadMessages)
return held
`,
  reply: (raw) => raw as number,
});
