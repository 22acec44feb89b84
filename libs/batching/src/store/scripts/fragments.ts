import type { Unit } from './define-script';

/** The keys of one conversation and of the indexes that every change of it touches. */
export const CONVERSATION_KEYS = [
  'messages',
  'lastMessage',
  'state',
  'due',
  'turns',
  'directory',
  'counters',
  'sizes',
] as const;

export type ConversationKey = (typeof CONVERSATION_KEYS)[number];

/** What every change of a conversation must know to say when someone must look at it next. */
export const CONVERSATION_ARGS = {
  nowMs: 'ms',
  conversation: 'text',
  directoryEntry: 'text',
  maxSize: 'count',
  maxBytes: 'bytes',
  maxWaitMs: 'ms',
  horizonMs: 'ms',
  idleTtlS: 's',
  wakeChannel: 'text',
} as const satisfies Record<string, Unit>;

/** `now`: the time given, else Redis's own. */
export const CLOCK = `
local now = nowMs
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** Counts into the accounts; a conversation's size also into the histogram of sizes. */
export const ACCOUNTS = `
local function count(name, by)
  redis.call('HINCRBY', counters, name, by)
end
local function resize(before, after)
  count('pending', after - before)
  if after > 0 then redis.call('HINCRBY', sizes, after, 1) end
  if before > 0 and redis.call('HINCRBY', sizes, before, -1) == 0 then redis.call('HDEL', sizes, before) end
end
`;

/**
 * The conversation as a table: `s` (its hash), `size` (messages), `unclaimed`. A claim is the first `s.count` messages
 * of the list, in place; the window is what follows it, described by `first`, `opened`, `quiet`, `typing`, `bytes`, `dueUpTo`.
 * A turn is a batch at the bot, of this conversation or, by `turnOf`, of an alias of it; `done` says that the claimed batch's turn was over before the batch was settled.
 */
export const CONVERSATION = `
local s, stored = {}, {}
local flat = redis.call('HGETALL', state)
for i = 1, #flat, 2 do
  local field, value = flat[i], tonumber(flat[i + 1]) or flat[i + 1]
  s[field], stored[field] = value, value
end
local size = redis.call('LLEN', messages)
local unclaimed = size - (s.count or 0)
local hadTurn = s.turn ~= nil

local function save()
  local set, gone = {}, {}
  for field, value in pairs(s) do
    if value ~= stored[field] then
      set[#set + 1] = field
      set[#set + 1] = value
    end
  end
  for field in pairs(stored) do
    if s[field] == nil then gone[#gone + 1] = field end
  end
  if #set > 0 then redis.call('HSET', state, unpack(set)) end
  if #gone > 0 then redis.call('HDEL', state, unpack(gone)) end
end
local function dropWindow()
  s.first, s.opened, s.quiet, s.bytes, s.dueUpTo, s.dueReason, s.typing = nil, nil, nil, nil, nil, nil, nil
end
local function dropClaim()
  s.batch, s.token, s.leaseUntil, s.attempt, s.failures = nil, nil, nil, nil, nil
  s.count, s.claimBytes, s.claimOpened, s.reason, s.flushedAt, s.done = nil, nil, nil, nil, nil, nil
end
local function dropTurn()
  s.turn, s.turnOf, s.turnToken, s.turnUntil, s.turnBegan = nil, nil, nil, nil, nil
end
-- A time further ahead than any legitimate span was set before the clock went back: it has come.
local function hasCome(time)
  return time <= now or time > now + horizonMs
end
local function silence()
  return math.max(s.quiet, s.typing or 0)
end
local function windowEnd()
  return math.min(silence(), s.opened + maxWaitMs)
end
local function isFull()
  return unclaimed >= maxSize or s.bytes >= maxBytes
end
local function isFlushed()
  return s.dueUpTo ~= nil and s.dueUpTo >= s.first
end
local function dueAt()
  if unclaimed == 0 then return nil end
  if isFlushed() then return now end
  local at = (isFull() or hasCome(windowEnd())) and now or windowEnd()
  if s.heldUntil and not hasCome(s.heldUntil) then return math.max(at, s.heldUntil) end
  return at
end
`;

/**
 * When must someone look next? Claimed: when the lease ends. In a turn: nobody, for its own index says when to ask
 * about the turn. Else: when the window is due. With nothing left, the conversation leaves the indexes and its
 * bookkeeping gets an age. One place, so that no verb can forget it.
 */
export const INDEX = `
local function reindex()
  if s.turn then
    redis.call('ZADD', turns, s.turnUntil, conversation)
  elseif hadTurn then
    redis.call('ZREM', turns, conversation)
  end
  if size == 0 then redis.call('ZREM', directory, directoryEntry) end
  if size == 0 and not s.turn then
    redis.call('EXPIRE', state, math.max(idleTtlS, math.ceil(((s.heldUntil or now) - now) / 1000)))
    redis.call('EXPIRE', lastMessage, idleTtlS)
  end
  if size == 0 or s.turn and not s.batch then
    redis.call('ZREM', due, conversation)
    return
  end
  local look = s.batch and s.leaseUntil or dueAt()
  local earliest = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
  local before = look <= now and redis.call('ZSCORE', due, conversation)
  redis.call('ZADD', due, look, conversation)
  local sooner = not earliest or look < tonumber(earliest)
  local atOnce = look <= now and not (before and tonumber(before) <= now)
  if sooner or atOnce then redis.call('PUBLISH', wakeChannel, math.max(0, look - now)) end
end
`;
