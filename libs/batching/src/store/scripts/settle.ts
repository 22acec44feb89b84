import { defineLot } from './define-change';
import type { Fragment } from './fragment';

/** `stale`: another owner has claimed the batch since; nothing was changed. */
export type Fenced<T extends string> = T | 'stale';

const IS_WORKER_SEEN: Fragment = {
  name: 'IS_WORKER_SEEN',
  needs: ['workerSeen'],
  gives: ['isWorkerSeen'],
  lua: `
local isWorkerSeen = redis.call('EXISTS', workerSeen) == 1
`,
};

// Two out for one in: any excess melts away, and no settle pays for more. What must go goes first: where Redis refuses
// that, nothing is added.
const REMEMBER = `
local news = {}
for _, each in ipairs(plans) do
  if each.settled then news[#news + 1] = each.settled end
end
if historyMax == 0 or #news == 0 then return end
local entries = redis.call('LLEN', historySizes) + #news
local bytes = tonumber(redis.call('HGET', counters, 'historyBytes') or 0)
for _, each in ipairs(news) do bytes = bytes + each.bytes end

local ids, batches = {}, {}
for _, entry in ipairs(redis.call('LRANGE', historySizes, 0, 2 * #news - 1)) do
  local id, ms, held, batch = string.match(entry, '^((%d+)%-%d+) (%d+) (.+)$')
  if entries <= historyMax and bytes <= historyMaxBytes and tonumber(ms) >= now - historyTtlMs then break end
  ids[#ids + 1], batches[#batches + 1] = id, batch
  entries, bytes = entries - 1, bytes - held
end
if #ids > 0 then
  redis.call('XDEL', history, unpack(ids))
  redis.call('LPOP', historySizes, #ids)
  redis.call('HDEL', historyIndex, unpack(batches))
end

local added, indexed = {}, {}
for _, each in ipairs(news) do
  local id = redis.call('XADD', history, '*', 'batch', each.batch, 'conversation', each.conversation,
    'reason', each.reason, 'flushedAt', each.flushedAt, 'messages', '[' .. table.concat(each.elements, ',') .. ']')
  added[#added + 1] = id .. ' ' .. each.bytes .. ' ' .. each.batch
  indexed[#indexed + 1], indexed[#indexed + 2] = each.batch, id
end
redis.call('RPUSH', historySizes, unpack(added))
redis.call('HSET', historyIndex, unpack(indexed))
redis.call('HSET', counters, 'historyBytes', bytes)
`;

/**
 * The end of a batch: its messages leave the list in the step that records that their job exists. Where turns are held,
 * that is the beginning of the batch's turn, unless its bot was quicker than we: then the turn has begun, or is done.
 */
export const settle = defineLot(
  {
    name: 'settle',
    does: 'Removes exactly the messages of a claim whose job is on the queue, for the holder of its token.',
    keys: ['history', 'historySizes', 'historyIndex', 'workerSeen'],
    args: {
      token: 'text',
      historyMax: 'count',
      historyMaxBytes: 'bytes',
      historyTtlMs: 'ms',
      holdsTurns: 'flag',
      askAfterMs: 'ms',
    },
    once: [IS_WORKER_SEEN],
    body: `
if s.token ~= token then return 'stale' end
local taken = s.count
plan.settled = {
  batch = s.batch, conversation = conversation, reason = s.reason, flushedAt = s.flushedAt, bytes = s.claimBytes,
  elements = redis.call('LRANGE', messages, 0, taken - 1),
}
if holdsTurns and isWorkerSeen and not s.turn and s.done ~= s.batch then
  s.turn, s.turnUntil = s.batch, now + askAfterMs
end
count('delivered', taken)
count('batches', 1)
count('claims', -1)
resize(size, size - taken)
size = size - taken
complete('LTRIM', messages, taken, -1)
dropClaim()
save()
return 'settled'
`,
    closing: REMEMBER,
    reply: (raw) => raw as Fenced<'settled'>,
  },
  'token',
);
