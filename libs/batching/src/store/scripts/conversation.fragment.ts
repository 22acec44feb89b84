import type { Fragment } from './fragment';

/** Loads the conversation: `s` is its state as a table, `size` the number of its messages. */
export const LOADED: Fragment = {
  name: 'LOADED',
  needs: ['messages', 'state', 'load', 'plan'],
  gives: ['s', 'size', 'packed', 'sizeBefore', 'hadTurn'],
  lua: `
local s, size, packed = load(messages, state)
plan.isLoaded = true
local sizeBefore, hadTurn = size, s.turn ~= nil
`,
};

/**
 * The conversation: a claim is the first `s.count` messages of the list, in place; the window is the `unclaimed` ones
 * behind it. `dueAt` is the one place that says when the window is due, why, and up to which message.
 */
export const CONVERSATION: Fragment = {
  name: 'CONVERSATION',
  needs: ['now', 's', 'size', 'maxSize', 'maxBytes', 'maxWaitMs', 'horizonMs'],
  gives: ['unclaimed', 'dropWindow', 'dropClaim', 'dropTurn', 'hasCome', 'isFull', 'isFlushed', 'dueAt'],
  lua: `
local unclaimed = size - (s.count or 0)
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
local function isFull()
  return unclaimed >= maxSize or s.bytes >= maxBytes
end
local function isFlushed()
  return s.dueUpTo ~= nil and s.dueUpTo >= s.first
end
local function dueBySilence()
  local silence, longest = math.max(s.quiet, s.typing or 0), s.opened + maxWaitMs
  local at, reason = silence, 'quiet'
  if longest < silence then at, reason = longest, 'max-wait' end
  if hasCome(at) then at = now end
  return at, reason
end
local function dueAt()
  if unclaimed == 0 then return nil end
  local at, reason
  if isFull() then
    at, reason = now, unclaimed >= maxSize and 'max-size' or 'max-bytes'
  else
    at, reason = dueBySilence()
  end
  -- A flush takes what was there when it was asked for, behind a hold too; a window that is due anyway takes all.
  if isFlushed() then return now, s.dueReason, at <= now and s.seq or s.dueUpTo end
  if s.heldUntil and not hasCome(s.heldUntil) then at = math.max(at, s.heldUntil) end
  return at, reason, s.seq
end
`,
};

/**
 * How every change ends: the conversation is as `s` and `size` say, and someone looks at it when they must. Claimed:
 * when the lease ends. In a turn: nobody, for its own index says when to ask about the turn. Else: when the window is
 * due. With nothing left, the conversation leaves the indexes and its bookkeeping gets an age.
 */
export const SAVE: Fragment = {
  name: 'SAVE',
  needs: [
    ...['now', 's', 'size', 'packed', 'sizeBefore', 'hadTurn', 'plan', 'commit', 'tidy', 'dueAt', 'wakes'],
    ...['due', 'state', 'lastMessage', 'conversation', 'idleTtlS'],
  ],
  gives: ['save'],
  lua: `
-- Would a batcher look too late, for all that the index says now?
local function isNews(look)
  local earliest = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
  if not earliest or look < tonumber(earliest) then return true end
  if look > now then return false end
  local before = redis.call('ZSCORE', due, conversation)
  return not (before and tonumber(before) <= now)
end
local function save(lastMessageAt)
  s.size = size
  commit(state, cmsgpack.pack(s), packed)
  if lastMessageAt then commit(lastMessage, lastMessageAt) end
  plan.isOpened, plan.isEmptied = sizeBefore == 0 and size > 0, size == 0
  plan.ask, plan.isOver = s.turn and s.turnUntil, hadTurn and not s.turn
  local wasKept, isKept = sizeBefore > 0 or hadTurn, size > 0 or s.turn ~= nil
  if not isKept then
    tidy('EXPIRE', state, math.max(idleTtlS, math.ceil(((s.heldUntil or now) - now) / 1000)))
    tidy('EXPIRE', lastMessage, idleTtlS)
  elseif not wasKept and not lastMessageAt then
    tidy('PERSIST', lastMessage)
  end
  plan.isIdle = size == 0 or s.turn ~= nil and not s.batch
  if plan.isIdle then return end
  plan.look = s.batch and s.leaseUntil or dueAt()
  if wakes and isNews(plan.look) then plan.wake = math.max(0, plan.look - now) end
end
`,
};
