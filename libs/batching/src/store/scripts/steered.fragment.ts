import type { Fragment } from './fragment';

/**
 * Names an order of an operator's in the index, with when it ends, or takes it out. Where one is added, those that are over
 * go; the key must not be touched behind what may remove it.
 */
export const STEER: Fragment = {
  name: 'STEER',
  needs: ['conversation', 'now', 'steered', 'tidy'],
  gives: ['steer'],
  lua: `
local function steer(order, ends)
  local member = order .. ' ' .. conversation
  if not ends then
    tidy('ZREM', steered, member)
    return
  end
  tidy('ZADD', steered, string.format('%d', ends), member)
  tidy('ZREMRANGEBYSCORE', steered, '-inf', string.format('%d', now))
end
`,
};
