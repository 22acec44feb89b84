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
local news = plan.settled
if historyMax == 0 or not news then return end
local entries = redis.call('LLEN', historySizes) + #news
local bytes = tonumber(redis.call('HGET', counters, 'historyBytes') or 0)
for _, each in ipairs(news) do bytes = bytes + each[6] end

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
  local batch, conversation, reason, flushedAt, messages, held = unpack(each)
  local id = redis.call('XADD', history, '*', 'batch', batch, 'conversation', conversation, 'reason', reason,
    'flushedAt', flushedAt, 'messages', messages)
  added[#added + 1] = id .. ' ' .. held .. ' ' .. batch
  indexed[#indexed + 1], indexed[#indexed + 2] = batch, id
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
local elements = redis.call('LRANGE', messages, '0', taken - 1)
add('settled', { s.batch, conversation, s.reason, s.flushedAt, '[' .. table.concat(elements, ',') .. ']', s.claimBytes })
if holdsTurns and isWorkerSeen and not s.turn and s.done ~= s.batch then
  s.turn, s.turnUntil = s.batch, now + askAfterMs
end
count('delivered', taken)
count('batches', 1)
count('claims', -1)
resize(size, size - taken)
keep(messages, taken, size - 1)
size = size - taken
dropClaim()
save()
return 'settled'
`,
    closing: REMEMBER,
    reply: (raw) => raw as Fenced<'settled'>,
  },
  'token',
);
