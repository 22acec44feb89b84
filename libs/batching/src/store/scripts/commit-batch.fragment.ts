import type { Fragment } from './fragment';
import { LEARN_HABIT } from './habit.fragment';

/** The batch in hand is no longer pending: its messages leave the list and enter the history. */
export const COMMIT_BATCH: Fragment = {
  name: 'COMMIT_BATCH',
  needs: ['s', 'size', 'messages', 'conversation', 'add', 'count', 'resize', 'keep', 'dropClaim'],
  gives: ['commitBatch'],
  lua: `
local function commitBatch()
  local taken = s.count
  local elements = redis.call('LRANGE', messages, '0', taken - 1)
  local entry = { s.batch, conversation, s.reason, s.flushedAt, '[' .. table.concat(elements, ',') .. ']', s.claimBytes }
  if s.window then entry[7], entry[8] = 'window', s.window end
  add('settled', entry)
  count('delivered', taken)
  count('batches', 1)
  resize(size, size - taken)
  keep(messages, taken, size - 1)
  size = size - taken
  s.replaced = nil
  if s.shows then
    ${LEARN_HABIT.trim().replaceAll('\n', '\n    ')}
  end
  dropClaim()
end
`,
};

/** The keys of the history. */
export const HISTORY_KEYS = ['history', 'historySizes', 'historyIndex'] as const;

/**
 * Writes the batches of a call into the history. Two out for one in: any excess melts away, and no call pays for more. What
 * must go goes first: where Redis refuses that, nothing is added.
 */
export const REMEMBER = `
local news = plan.settled
if historyMax == 0 or not news then return end
local entries = redis.call('LLEN', historySizes) + #news
local bytes = tonumber(redis.call('HGET', counters, 'historyBytes') or 0)
for _, each in ipairs(news) do bytes = bytes + each[6] end

local batches, newest = {}, nil
for _, entry in ipairs(redis.call('LRANGE', historySizes, 0, 2 * #news - 1)) do
  local ms, held, at = string.match(entry, '^(%d+)%-%d+ (%d+) ()')
  if entries <= historyMax and bytes <= historyMaxBytes and tonumber(ms) >= now - historyTtlMs then break end
  batches[#batches + 1], newest = string.sub(entry, at), entry
  entries, bytes = entries - 1, bytes - held
end
if newest then
  local ms, seq = string.match(newest, '^(%d+)%-(%d+)')
  -- All from its head at once: to look for each would cost as much as to add one.
  redis.call('XTRIM', history, 'MINID', ms .. '-' .. seq + 1)
  redis.call('LPOP', historySizes, #batches)
  redis.call('HDEL', historyIndex, unpack(batches))
end

local added, indexed = {}, {}
for _, each in ipairs(news) do
  local batch, conversation, reason, flushedAt, messages, held = unpack(each)
  local id = redis.call('XADD', history, '*', 'batch', batch, 'conversation', conversation, 'reason', reason,
    'flushedAt', flushedAt, 'messages', messages, unpack(each, 7))
  added[#added + 1] = id .. ' ' .. held .. ' ' .. batch
  indexed[#indexed + 1], indexed[#indexed + 2] = batch, id
end
redis.call('RPUSH', historySizes, unpack(added))
redis.call('HSET', historyIndex, unpack(indexed))
redis.call('HSET', counters, 'historyBytes', bytes)
`;
