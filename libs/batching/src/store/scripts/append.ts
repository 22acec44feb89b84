import { AWAIT } from './await.fragment';
import { defineChange } from './define-change';
import { SUPERSEDES, TIMES_REPLACED } from './draft.fragment';
import { SILENCE_BY_HABIT } from './habit.fragment';
import { REMEMBERED } from './remembered.fragment';
import { REVOKED } from './revoke';

/**
 * `revoked`: its author took it back before it came; it was counted, and not stored. `blocked`: an operator has blocked its
 * sender; it was counted as such, and nothing else.
 */
export type AppendOutcome =
  'opened' | 'extended' | 'full' | 'direct' | 'duplicate' | 'over-cap' | 'revoked' | 'blocked';

/** This id is an alias; what comes for it belongs to the conversation `to`. Nothing was stored. */
export interface Forwarded {
  outcome: 'forwarded';
  to: string;
}

/** An edit came before its message: append it again as the edit has it. Nothing was stored. */
export interface EditedEarlier {
  outcome: 'edited-earlier';
  change: string;
}

export interface AppendReply {
  outcome: AppendOutcome;
  /** Messages not yet claimed. */
  size: number;
  /** When they are due, ms; null where there are none, or a turn holds them. */
  dueAt: number | null;
  /** Redis's time, ms. */
  now: number;
  /** True for a message that came just behind the answer to the one before it. */
  isOvertaken: boolean;
  /** True for a message beyond `MAX_MESSAGES_PER_MINUTE`: its window waits for the end of the minute. */
  isSlowed: boolean;
}

/** A message that comes so soon after an answer was probably meant for it, ms. */
const BEHIND_ANSWER_MS = 5_000;
/** For so long messages are counted, beginning with the first, ms (`MAX_MESSAGES_PER_MINUTE`). */
const MINUTE_MS = 60_000;
/** With `PREEMPTIVE_START=auto`: a call that begins sooner is rarely needed, so many writers go on within this time, ms. */
const SOONEST_START_MS = 1_500;

/** Stores a message, or says why not; nothing in between can be seen or left behind. */
export const append = defineChange({
  name: 'append',
  does: 'Stores one message under its conversation and says when the batch is due.',
  waitsForReplicas: true,
  keys: ['seen', 'change', 'alias', 'superseded', 'awaited'],
  args: {
    body: 'text',
    knownChange: 'text',
    whereAndWho: 'text',
    timestampMs: 'ms',
    quietMs: 'ms',
    startMs: 'ms',
    awaitMs: 'ms',
    direct: 'flag',
    mayBeAlias: 'flag',
    isRememberedHere: 'flag',
    dedupTtlMs: 'ms',
    ownLimits: 'text',
  },
  wakes: true,
  once: [REMEMBERED],
  fragments: [TIMES_REPLACED, ...SUPERSEDES, AWAIT],
  body: `
local isKnown, early = false, false
if dedupTtlMs > 0 then
  local memories = redis.call('MGET', seen, change)
  isKnown, early = remembered(memories[1]), remembered(memories[2])
end
local to = mayBeAlias and redis.call('GET', alias)
-- Where ids or partitions are a chat's, only the alias remembers what has come under it.
if to and not (isKnown and isRememberedHere) then return { 'forwarded', to } end
if isKnown then
  -- A gateway may redeliver one message for weeks, each time well within the memory's age of the last.
  prepare(nil, 'SET', seen, string.format('%d %s', now + dedupTtlMs, isKnown), 'PX', dedupTtlMs)
  count('duplicates', 1)
  return { 'duplicate', unclaimed, not s.turn and dueAt() or -1, now }
end
if (s.blockedUntil or 0) > now then
  count('blocked', 1)
  return { 'blocked', unclaimed, not s.turn and dueAt() or -1, now }
end
local memory = string.format('%d %s', now + dedupTtlMs, whereAndWho)
if early == '${REVOKED}' then
  prepare({ 'DEL', seen }, 'SET', seen, memory, 'PX', dedupTtlMs)
  count('accepted', 1)
  count('revoked', 1)
  return { 'revoked', unclaimed, not s.turn and dueAt() or -1, now }
end
if early and early ~= knownChange then return { 'edited-earlier', early } end

local seq = (s.seq or 0) + 1
-- Nothing is sent after it has come: a clock ahead of ours says no more than no clock.
local stamp = timestampMs > 0 and timestampMs < now and timestampMs or now
local isTooOld = maxAgeMs > 0 and stamp < now - maxAgeMs
local awaits = awaitMs > 0 and now + awaitMs
local element = headOf(seq, now, stamp, isTooOld, awaits) .. body
local heldBytes = (s.bytes or 0) + (s.claimBytes or 0)
-- There is always room for one: what stands in front of its body may take the largest message over the limit.
if size >= maxPending or size > 0 and heldBytes + #element > maxPendingBytes then
  return { 'over-cap', unclaimed, s.turnUntil or dueAt() or s.leaseUntil or -1, now }
end

-- The window goes by its company's limits as the latest message brings them, in every process.
if ownLimits ~= '' or s.limits then
  local limits = {}
  for limit in string.gmatch(ownLimits ~= '' and ownLimits or standardLimits, '%d+') do
    limits[#limits + 1] = tonumber(limit)
  end
  local before = maxSize
  maxSize, maxWaitMs, maxSupersedes, maxPerMinute = unpack(limits)
  -- What was superseded together is answered together, also where a batch has less room now.
  local isKept = s.replaced and not s.batch and before > maxSize
  if isKept then maxSize = before end
  s.limits = (isKept or ownLimits ~= '') and { maxSize, maxWaitMs, maxSupersedes } or nil
  if s.limits then byHabit = limits[7] and { min = limits[5], normal = limits[6], max = limits[7] } end
end

-- The first write must be one that Redis refuses at its memory's limit: behind any other it would no longer be asked.
prepare({ 'RPOP', messages }, 'RPUSH', messages, element)
-- Its id is known if and only if the message is stored: one without the other loses it, or doubles it.
if dedupTtlMs > 0 then
  commit(seen, memory)
  tidy('PEXPIRE', seen, dedupTtlMs)
end
count('accepted', 1)
resize(size, size + 1)

-- A draft that this message belongs to is answered together with it, in the step that stores it.
if maySupersede(1, #element) and not isTooOld then supersede() end
local isOvertaken = s.answeredAt and now - s.answeredAt < ${BEHIND_ANSWER_MS}
local outcome = unclaimed == 0 and 'opened' or 'extended'
if unclaimed == 0 then
  s.first, s.opened, s.quiet, s.bytes = seq, now, 0, 0
end
size, unclaimed = size + 1, unclaimed + 1
s.seq = seq
s.bytes = s.bytes + #element
local silenceMs = quietMs
if byHabit then
  ${SILENCE_BY_HABIT.trim().replaceAll('\n', '\n  ')}
end
s.quiet, s.typing = math.max(s.quiet, now + silenceMs), nil
-- The last call of a turn waits for its window, and a muted bot is not called.
local isSlowed = false
if maxPerMinute > 0 then
  local leftMs = (s.minuteUntil or 0) - now
  -- A minute with more left than a minute was begun before the clock went back.
  if leftMs <= 0 or leftMs > ${MINUTE_MS} then s.minuteUntil, s.minuteCount = now + ${MINUTE_MS}, 0 end
  s.minuteCount = (s.minuteCount or 0) + 1
  isSlowed = s.minuteCount > maxPerMinute
  if isSlowed then
    count('slowed', 1)
    -- A window that has waited for a minute does not wait for the next one too.
    s.slowedUntil = s.slowedUntil or s.minuteUntil
  end
end
if startMs ~= 0 and (s.mutedUntil or 0) <= now and (s.batch or timesReplaced() < maxSupersedes) then
  s.start = now + (startMs > 0 and startMs or math.max(${SOONEST_START_MS}, silenceMs + startMs))
end
if awaits then
  s.awaits = math.max(s.awaits or 0, awaits)
  await()
end
if isFull() then outcome = 'full' end
if direct then
  s.dueUpTo, s.dueReason, outcome = seq, 'direct', 'direct'
end
if early then tidy('DEL', change) end
s.answeredAt = nil
save(now)
return { outcome, unclaimed, s.turn and -1 or dueAt(), now, isOvertaken and 1 or 0, isSlowed and 1 or 0 }
`,
  reply: (raw): AppendReply | Forwarded | EditedEarlier => {
    const [kind, detail] = raw as [string, string];
    if (kind === 'forwarded') return { outcome: kind, to: detail };
    if (kind === 'edited-earlier') return { outcome: kind, change: detail };
    const [outcome, size, dueAt, now, isOvertaken = 0, isSlowed = 0] = raw as [
      AppendOutcome,
      number,
      number,
      number,
      number?,
      number?,
    ];
    return {
      outcome,
      size,
      dueAt: dueAt === -1 ? null : dueAt,
      now,
      isOvertaken: isOvertaken === 1,
      isSlowed: isSlowed === 1,
    };
  },
});
