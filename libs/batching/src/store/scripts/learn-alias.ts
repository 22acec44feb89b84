import { AWAIT } from './await.fragment';
import { CHUNKS } from './chunks.fragment';
import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';
import type { Fragment } from './fragment';
import { STEER } from './steered.fragment';

// The other conversation, for the rest knows one. Only its window moves; a claim or a turn of it runs its course.
const OTHER: Fragment = {
  name: 'OTHER',
  needs: [
    ...['load', 'commit', 'keep', 'tidy', 'add', 'directory', 'idleTtlS'],
    ...['aliasMessages', 'aliasLastMessage', 'aliasState', 'aliasConversation', 'aliasEntry'],
  ],
  gives: ['o', 'claimed', 'moved', 'isOtherSound', 'empty'],
  lua: `
-- One that is not as it should be is set aside by a change of its own.
local isOtherSound, o, aliasSize, aliasPacked = pcall(load, aliasMessages, aliasState)
if not isOtherSound then return 0 end
local claimed = o.count or 0
local moved = aliasSize - claimed
local wasFlushed = moved > 0 and (o.dueUpTo or 0) >= o.first

local function empty()
  -- Without a window, typing is about a turn, which runs its course.
  if moved > 0 then
    o.first, o.opened, o.quiet, o.start, o.typing, o.bytes, o.dueUpTo, o.dueReason = nil, nil, nil, nil, nil, nil, nil, nil
  end
  o.why, o.goesOn, o.awaits, o.habitTurns, o.habitSplits, o.slowedUntil = nil, nil, nil, nil, nil, nil
  if not o.batch then o.replaced = nil end
  o.size = claimed
  commit(aliasState, cmsgpack.pack(o), aliasPacked)
  keep(aliasMessages, 0, claimed - 1)
  if claimed > 0 then return end
  tidy('ZREM', directory, aliasEntry)
  -- In a turn it is not there, and the index may just have lost its last member.
  if o.turn then return end
  -- Together with what else leaves the index, which may lose its last member.
  add('idle', aliasConversation)
  tidy('EXPIRE', aliasState, idleTtlS)
  tidy('EXPIRE', aliasLastMessage, idleTtlS)
end
`,
};

// A new number may be longer than the old one, by so many digits at most.
const DIGITS = 16;

// Would all that both hold unclaimed, and a draft, be one batch?
const FITS_ONE_BATCH: Fragment = {
  name: 'FITS_ONE_BATCH',
  needs: [
    's',
    'size',
    'o',
    'claimed',
    'moved',
    'messages',
    'aliasMessages',
    'maxSize',
    'maxBytes',
    'isStale',
  ],
  gives: ['fitsOneBatch'],
  lua: `
local function fitsOneBatch()
  local all, bytes = size + moved, (s.bytes or 0) + (s.claimBytes or 0) + (o.bytes or 0)
  if moved == 0 or all > maxSize or bytes + ${DIGITS} * all > maxBytes then return false end
  local elements = { redis.call('LRANGE', messages, 0, -1), redis.call('LRANGE', aliasMessages, claimed, -1) }
  for _, list in ipairs(elements) do
    for _, element in ipairs(list) do
      if isStale(element) then return false end
    end
  end
  return true
end
`,
};

// Does the window come as it stands, so that what was superseded is still in its first batch?
const COMES_AS_IT_IS: Fragment = {
  name: 'COMES_AS_IT_IS',
  needs: ['s', 'size', 'o', 'moved', 'maxSize', 'maxBytes', 'standardLimits'],
  gives: ['comesAsItIs'],
  lua: `
local function comesAsItIs()
  if moved == 0 or size > 0 then return false end
  local before = o.limits and o.limits[1] or tonumber(string.match(standardLimits, '%d+'))
  -- The numbers anew may be longer only where there is room.
  return maxSize >= before and ((s.seq or 0) < o.first or o.bytes + ${DIGITS} * moved <= maxBytes)
end
`,
};

// Two windows as one, in the order of arrival, numbered anew behind what this conversation has claimed.
const MERGED: Fragment = {
  name: 'MERGED',
  needs: ['s', 'arrivalOf', 'renumbered'],
  gives: ['merged'],
  lua: `
local function merged(own, others)
  local elements, i, j = {}, 1, 1
  while own[i] or others[j] do
    local element
    if not others[j] or own[i] and arrivalOf(own[i]) <= arrivalOf(others[j]) then
      element, i = own[i], i + 1
    else
      element, j = others[j], j + 1
    end
    s.seq = s.seq + 1
    elements[#elements + 1] = renumbered(element, s.seq)
  end
  return elements
end
`,
};

// What operators have ordered for the alias, and a human's hold, are the person's; nobody could end what stays with the alias.
const INHERIT: Fragment = {
  name: 'INHERIT',
  needs: ['s', 'o', 'now', 'hasCome', 'tidy', 'steer', 'steered', 'aliasConversation'],
  gives: ['inherit', 'wasSteered'],
  lua: `
local wasSteered = o.heldUntil or o.mutedUntil or o.blockedUntil
local function inheritOne(order, field)
  local theirs, ours = o[field] or 0, s[field] or 0
  local isOver = order == 'hold' and hasCome or function(ends) return ends <= now end
  o[field] = nil
  if isOver(theirs) or ours >= theirs and not isOver(ours) then return end
  s[field] = theirs
  if order == 'mute' then s.start = nil end
  steer(order, theirs)
end
local function inherit()
  if not wasSteered then return end
  inheritOne('hold', 'heldUntil')
  inheritOne('mute', 'mutedUntil')
  inheritOne('block', 'blockedUntil')
  tidy('ZREM', steered, 'hold ' .. aliasConversation, 'mute ' .. aliasConversation, 'block ' .. aliasConversation)
end
`,
};

/**
 * One person is known by two ids. From now on what comes for the alias belongs to this conversation; what the alias holds
 * unclaimed moves here, in the order of arrival. While a batch of the alias is on its way to the bot or at it, this
 * conversation is in that batch's turn, so that nothing overtakes it.
 */
export const learnAlias = defineChange({
  name: 'learnAlias',
  does: 'Makes one conversation the alias of another, and moves there what it holds unclaimed.',
  keys: ['alias', 'aliasMessages', 'aliasLastMessage', 'aliasState', 'superseded', 'steered', 'awaited'],
  args: { aliasConversation: 'text', aliasEntry: 'text', keepMs: 'ms', askAfterMs: 'ms' },
  wakes: true,
  once: [CHUNKS],
  fragments: [OTHER, FITS_ONE_BATCH, COMES_AS_IT_IS, MERGED, ...SUPERSEDES, STEER, INHERIT, AWAIT],
  body: `
local known = redis.call('GET', alias)
if known == conversation then
  tidy('PEXPIRE', alias, keepMs)
  return 0
end
if o.limits and not s.limits and not s.replaced then
  s.limits = o.limits
  maxSize, maxWaitMs, maxSupersedes = unpack(o.limits)
end
local ahead = o.batch or o.turn
-- Our own claimed batch is not settled yet, and would find its turn taken: a later payload learns the alias.
if ahead and s.batch and not s.turn then return 0 end
-- What has been superseded stays in one batch. Where two windows would part it, a later payload learns the alias.
local theirs, ours = moved > 0 and not o.batch and o.replaced, not s.batch and s.replaced
local isOne = fitsOneBatch()
local together = isOne and maySupersede(moved, o.bytes)
local isKept = together or isOne and not s.batch or comesAsItIs()
if moved > 0 and (theirs or ours) and not isKept then return 0 end

-- The first write must be one that Redis refuses at its memory's limit: behind any other it would no longer be asked.
prepare(known and { 'SET', alias, known, 'PX', keepMs } or { 'DEL', alias }, 'SET', alias, conversation, 'PX', keepMs)
if together then supersede() end
if ahead and not s.turn then
  s.turn, s.turnOf, s.turnUntil = ahead, aliasConversation, now + askAfterMs
end
inherit()
local latest
if moved > 0 then
  latest = math.max(redis.call('GET', aliasLastMessage) or 0, redis.call('GET', lastMessage) or 0)
  local isFlushedNow = wasFlushed or unclaimed > 0 and (s.dueUpTo or 0) >= s.first
  resize(size, size + moved)
  resize(claimed + moved, claimed)
  s.seq = s.seq or 0
  s.first = s.seq + 1
  local own = redis.call('LRANGE', messages, size - unclaimed, -1)
  local elements = merged(own, redis.call('LRANGE', aliasMessages, claimed, -1))
  s.bytes = 0
  for _, element in ipairs(elements) do s.bytes = s.bytes + #element end
  -- Between two messages of its own the list takes none: where it has a window, all of it is written anew behind it.
  local held = #own > 0 and unclaimed < size and redis.call('LRANGE', messages, 0, size - unclaimed - 1) or {}
  for _, chunk in ipairs(chunks(held)) do prepare({ 'RPOP', messages, #chunk }, 'RPUSH', messages, unpack(chunk)) end
  for _, chunk in ipairs(chunks(elements)) do prepare({ 'RPOP', messages, #chunk }, 'RPUSH', messages, unpack(chunk)) end
  if #own > 0 then complete('LTRIM', messages, size, -1) end
  size, unclaimed = size + moved, unclaimed + moved
  s.opened = math.min(s.opened or o.opened, o.opened)
  if o.quiet >= (s.quiet or 0) then s.why = o.why end
  s.goesOn = s.goesOn or o.goesOn
  s.quiet, s.start = math.max(s.quiet or o.quiet, o.quiet), nil
  if theirs then s.replaced = s.replaced and s.replaced .. ' ' .. theirs or theirs end
  s.slowedUntil = s.slowedUntil or o.slowedUntil
  if o.typing then s.typing = math.max(s.typing or 0, o.typing) end
  if o.awaits then
    s.awaits = math.max(s.awaits or 0, o.awaits)
    await()
  end
  if isFlushedNow then s.dueUpTo, s.dueReason = s.seq, s.dueReason or o.dueReason end
end
local isKnown = o.habitTurns ~= nil
if isKnown then
  s.habitTurns, s.habitSplits = (s.habitTurns or 0) + o.habitTurns, (s.habitSplits or 0) + o.habitSplits
end
if moved > 0 or isKnown or wasSteered then empty() end
if moved > 0 or isKnown or wasSteered or s.turn then save(latest) end
return moved
`,
  reply: (raw) => raw as number,
});
