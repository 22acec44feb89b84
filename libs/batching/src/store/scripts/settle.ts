import { defineLot } from './define-lot';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `stale`: another owner has claimed the batch since; nothing was changed. */
export type Fenced<T extends string> = T | 'stale';

// Two out for one in: any excess melts away, and no settle pays for more. All is read before anything is written.
const HISTORY = `
local oldest = redis.call('LRANGE', historySizes, 0, 1)
local entries = redis.call('LLEN', historySizes) + 1
local bytes = tonumber(redis.call('HGET', counters, 'historyBytes') or 0)

local function remember(elements)
  if historyMax == 0 then return end
  local id = redis.call('XADD', history, '*', 'batch', s.batch, 'conversation', conversation,
    'reason', s.reason, 'flushedAt', s.flushedAt, 'messages', '[' .. table.concat(elements, ',') .. ']')
  redis.call('RPUSH', historySizes, id .. ' ' .. s.claimBytes .. ' ' .. s.batch)
  redis.call('HSET', historyIndex, s.batch, id)
  bytes = bytes + s.claimBytes
  for _, entry in ipairs(oldest) do
    local id, ms, held, batch = string.match(entry, '^((%d+)%-%d+) (%d+) (.+)$')
    if entries > historyMax or bytes > historyMaxBytes or tonumber(ms) < now - historyTtlMs then
      redis.call('XDEL', history, id)
      redis.call('LPOP', historySizes)
      redis.call('HDEL', historyIndex, batch)
      entries, bytes = entries - 1, bytes - held
    end
  end
  redis.call('HSET', counters, 'historyBytes', bytes)
end
`;

/**
 * The end of a batch: its messages leave the list in the step that records that their job exists. Where turns are held,
 * that is the beginning of the batch's turn, unless its bot was quicker than we: then the turn has begun, or is done.
 */
export const settle = defineLot(
  {
    name: 'settle',
    does: 'Removes exactly the messages of a claim whose job is on the queue, for the holder of its token.',
    keys: [...CONVERSATION_KEYS, 'history', 'historySizes', 'historyIndex', 'workerSeen'],
    args: {
      ...CONVERSATION_ARGS,
      token: 'text',
      historyMax: 'count',
      historyMaxBytes: 'bytes',
      historyTtlMs: 'ms',
      holdsTurns: 'flag',
      askAfterMs: 'ms',
    },
    fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX, HISTORY],
    body: `
if s.token ~= token then return 'stale' end
local opensTurn = holdsTurns and not s.turn and s.done ~= s.batch and redis.call('EXISTS', workerSeen) == 1
remember(redis.call('LRANGE', messages, 0, s.count - 1))
local taken = s.count
count('delivered', taken)
count('batches', 1)
count('claims', -1)
resize(size, size - taken)
size = size - taken
if opensTurn then s.turn, s.turnUntil = s.batch, now + askAfterMs end
dropClaim()
save()
reindex()
redis.call('LTRIM', messages, taken, -1)
return 'settled'
`,
    reply: (raw) => raw as Fenced<'settled'>,
  },
  'token',
);
