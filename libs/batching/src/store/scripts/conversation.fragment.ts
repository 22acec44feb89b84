import type { Fragment } from './fragment';

/**
 * The conversation at hand: `s` is its state as a table, `size` the number of its messages. The batch in hand, claimed or
 * a draft, is the first `s.count` of the list, in place; the window is the `unclaimed` ones behind it.
 */
export const AT_HAND: Fragment = {
  name: 'AT_HAND',
  needs: [],
  gives: ['s', 'size', 'packed', 'unclaimed', 'sizeBefore', 'hadTurn', 'lookBefore'],
  lua: `
local s, size, packed, unclaimed, sizeBefore, hadTurn, lookBefore
`,
};

/** How each conversation begins: as it stands in Redis. */
export const LOADED: Fragment = {
  name: 'LOADED',
  needs: [
    'messages',
    'state',
    'load',
    's',
    'size',
    'packed',
    'unclaimed',
    'sizeBefore',
    'hadTurn',
    'isLoaded',
  ],
  gives: [],
  lua: `
isLoaded = false
s, size, packed = load(messages, state)
isLoaded, sizeBefore, hadTurn, unclaimed = true, size, s.turn ~= nil, size - (s.count or 0)
`,
};

const LIMITS = ['maxSize', 'maxWaitMs', 'maxSupersedes'];

/** The limits that the conversation's window was last given, where its company has some of its own. */
export const LIMITED: Fragment = {
  name: 'LIMITED',
  needs: ['s', ...LIMITS],
  gives: [],
  lua: `
if s.limits then ${LIMITS.join(', ')} = unpack(s.limits) end
`,
};

const STANDARD = LIMITS.map((limit) => `standard${limit}`);

/** The limits of the process, kept for the members of a lot. */
export const STANDARD_LIMITS: Fragment = {
  name: 'STANDARD_LIMITS',
  needs: LIMITS,
  gives: STANDARD,
  lua: `
local ${STANDARD.join(', ')} = ${LIMITS.join(', ')}
`,
};

/** The limits of one of a lot, before which another may have had its own. */
export const LIMITED_EACH: Fragment = {
  name: 'LIMITED_EACH',
  needs: ['s', ...LIMITS, ...STANDARD],
  gives: [],
  lua: `
${LIMITS.join(', ')} = ${STANDARD.join(', ')}
if s.limits then ${LIMITS.join(', ')} = unpack(s.limits) end
`,
};

const DROP_WINDOW: Fragment = {
  name: 'DROP_WINDOW',
  needs: ['s'],
  gives: ['dropWindow'],
  lua: `
local function dropWindow()
  s.first, s.opened, s.quiet, s.start, s.bytes, s.dueUpTo, s.dueReason, s.typing = nil, nil, nil, nil, nil, nil, nil, nil
  -- To unset a field that is not there would cost Lua a rehash.
  if s.why then s.why, s.goesOn = nil, nil end
  if s.slowedUntil then s.slowedUntil = nil end
  if s.awaits then s.awaits = nil end
end
`,
};

const DROP_CLAIM: Fragment = {
  name: 'DROP_CLAIM',
  needs: ['s'],
  gives: ['dropClaim'],
  lua: `
local function dropClaim()
  s.batch, s.token, s.leaseUntil, s.attempt, s.failures = nil, nil, nil, nil, nil
  s.count, s.claimBytes, s.claimOpened, s.reason, s.flushedAt, s.answerAt, s.done = nil, nil, nil, nil, nil, nil, nil
  if s.window then s.window, s.shows = nil, nil end
end
`,
};

const DROP_TURN: Fragment = {
  name: 'DROP_TURN',
  needs: ['s'],
  gives: ['dropTurn'],
  lua: `
local function dropTurn()
  s.turn, s.turnOf, s.turnToken, s.turnUntil, s.turnBegan, s.turnOpened = nil, nil, nil, nil, nil, nil
  if s.turnCommitted then s.turnCommitted = nil end
end
`,
};

const HAS_COME: Fragment = {
  name: 'HAS_COME',
  needs: ['now', 'horizonMs'],
  gives: ['hasCome'],
  lua: `
-- A time further ahead than any legitimate span was set before the clock went back: it has come.
local function hasCome(time)
  return time <= now or time > now + horizonMs
end
`,
};

const IS_FULL: Fragment = {
  name: 'IS_FULL',
  needs: ['s', 'unclaimed', 'maxSize', 'maxBytes'],
  gives: ['isFull'],
  lua: `
local function isFull()
  return unclaimed >= maxSize or s.bytes >= maxBytes
end
`,
};

const DUE_AT: Fragment = {
  name: 'DUE_AT',
  needs: ['s', 'unclaimed', 'now', 'maxSize', 'maxWaitMs', 'hasCome', 'isFull'],
  gives: ['dueAt'],
  lua: `
-- The one place that says when the window is due, why, and up to which message.
local function dueAt()
  if unclaimed == 0 then return nil end
  local at, reason = 0, nil
  local longest = s.opened + maxWaitMs
  if isFull() then
    reason = unclaimed >= maxSize and 'max-size' or 'max-bytes'
    -- Words that are on their way are waited for all the same.
    if s.awaits then at = math.min(s.awaits, longest) end
  else
    local silence = s.start and math.min(s.start, s.quiet) or s.quiet
    at, reason = math.max(silence, s.typing or 0, s.awaits or 0), 'quiet'
    if longest < at then at, reason = longest, 'max-wait' end
  end
  if s.slowedUntil and s.slowedUntil >= at then at, reason = s.slowedUntil, 'max-rate' end
  if hasCome(at) then at = now end
  -- A flush takes what was there when it was asked for, behind a hold too; a window that is due anyway takes all.
  if (s.dueUpTo or 0) >= s.first then return now, s.dueReason, at <= now and s.seq or s.dueUpTo end
  if s.heldUntil and not hasCome(s.heldUntil) then at = math.max(at, s.heldUntil) end
  return at, reason, s.seq
end
`,
};

/** What a body may ask of the conversation at hand, and do to it. */
export const CONVERSATION: readonly Fragment[] = [
  ...[DROP_WINDOW, DROP_CLAIM, DROP_TURN],
  ...[HAS_COME, IS_FULL, DUE_AT],
];
