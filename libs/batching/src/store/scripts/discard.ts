import { defineScript } from './define-script';

/** An operator's deletion of a dead letter; its messages count as cleared. */
export const discard = defineScript({
  name: 'discard',
  does: 'Deletes a dead letter and says how many messages it held; 0 where there is none of this id.',
  keys: ['counters', 'deadLetters', 'deadLetter', 'deadMessages'],
  args: { nowMs: 'ms', batchId: 'text' },
  body: `
local held = redis.call('LLEN', deadMessages)
if held == 0 then return 0 end
redis.call('HINCRBY', counters, 'buried', -held)
redis.call('HINCRBY', counters, 'cleared', held)
redis.call('ZREM', deadLetters, batchId)
redis.call('DEL', deadLetter, deadMessages)
return held
`,
  reply: (raw) => raw as number,
});
