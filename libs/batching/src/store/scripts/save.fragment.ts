import type { Fragment } from './fragment';
import { HABIT_TTL_S } from './habit.fragment';

/** When a batcher looks by itself at a window that was there before; it is read behind the conversation. */
export const LOOK_BEFORE: Fragment = {
  name: 'LOOK_BEFORE',
  needs: ['s', 'lookBefore', 'dueAt'],
  gives: [],
  lua: `
if not s.batch and not s.turn then lookBefore = dueAt() end
`,
};

/** Would a batcher look too late, for all that the index says now? */
const IS_NEWS: Fragment = {
  name: 'IS_NEWS',
  needs: ['now', 'due', 'conversation', 'lookBefore'],
  gives: ['isNews'],
  lua: `
local function isNews(look)
  if lookBefore and look >= lookBefore and look > now then return false end
  local earliest = redis.call('ZRANGE', due, '0', '0', 'WITHSCORES')[2]
  if not earliest or look < tonumber(earliest) then return true end
  if look > now then return false end
  local before = redis.call('ZSCORE', due, conversation)
  return not (before and tonumber(before) <= now)
end
`,
};

/**
 * How every change ends: the conversation is as `s` and `size` say, and someone looks at it when they must. Claimed:
 * when the lease ends. In a turn, also with a draft: nobody, for its own index says when to ask about the turn. Else: when the window is
 * due. With nothing left, the conversation leaves the indexes and its bookkeeping gets an age.
 */
const save = (wakes: boolean): Fragment => ({
  name: 'SAVE',
  needs: [
    ...['now', 's', 'size', 'packed', 'sizeBefore', 'hadTurn', 'plan', 'commit', 'tidy', 'add', 'dueAt'],
    ...['state', 'lastMessage', 'conversation', 'directoryEntry', 'idleTtlS', ...(wakes ? ['isNews'] : [])],
  ],
  gives: ['save'],
  lua: `
local function save(lastMessageAt)
  s.size = size
  commit(state, cmsgpack.pack(s), packed)
  if lastMessageAt then commit(lastMessage, string.format('%d', lastMessageAt)) end
  local wasKept, isKept = sizeBefore > 0 or hadTurn, size > 0 or s.turn ~= nil
  if not isKept then
    local longest = math.max(s.heldUntil or now, s.mutedUntil or now, s.blockedUntil or now, s.minuteUntil or now)
    local ttlS = s.habitTurns and math.max(idleTtlS, ${HABIT_TTL_S}) or idleTtlS
    tidy('EXPIRE', state, math.max(ttlS, math.ceil((longest - now) / 1000)))
    tidy('EXPIRE', lastMessage, idleTtlS)
  elseif not wasKept and not lastMessageAt then
    tidy('PERSIST', lastMessage)
  end
  if sizeBefore == 0 and size > 0 then add('opened', '0', directoryEntry) end
  if size == 0 then add('emptied', directoryEntry) end
  if s.turn then
    add('asks', string.format('%d', s.turnUntil), conversation)
  elseif hadTurn then
    add('over', conversation)
  end
  if size == 0 or s.turn and not s.leaseUntil then
    add('idle', conversation)
    return
  end
  local look = s.leaseUntil or dueAt()
  add('looks', string.format('%d', look), conversation)${wakes ? '\n  if isNews(look) then plan.wake = math.max(0, look - now) end' : ''}
end
`,
});

/** `save` of a change that a batcher must hear of, and of one behind which it looks by itself. */
export const SAVE_AND_WAKE: readonly Fragment[] = [IS_NEWS, save(true)];
export const SAVE: readonly Fragment[] = [save(false)];
