import { defineScript } from './define-script';

/**
 * What a bot left to be kept follows what it was called with, or nothing is kept: a worker that has lost its turn, and comes
 * back late, must not undo what a later answer has left.
 */
export const keepBotState = defineScript({
  name: 'keepBotState',
  does: 'Keeps what a bot left with an answer, unless another answer has left something since the call.',
  keys: ['botState'],
  args: { nowMs: 'ms', batchId: 'text', follows: 'text', state: 'text', keepMs: 'ms' },
  body: `
local leftBy = string.match(redis.call('GET', botState) or '', '^%S*')
if leftBy ~= follows and leftBy ~= batchId then return 'overtaken' end
redis.call('SET', botState, batchId .. ' ' .. state, 'PX', keepMs)
return 'kept'
`,
  reply: (raw) => raw as 'kept' | 'overtaken',
});
