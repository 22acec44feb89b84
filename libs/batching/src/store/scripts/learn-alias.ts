import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

// The other conversation, for the fragments know one. Only its window moves; a claim or a turn of it runs its course.
const OTHER = `
local o = {}
local OTHER_FIELDS = {
  'count', 'batch', 'turn', 'first', 'opened', 'quiet', 'typing', 'heldUntil', 'dueUpTo', 'dueReason',
}
for i, value in ipairs(redis.call('HMGET', aliasState, unpack(OTHER_FIELDS))) do
  o[OTHER_FIELDS[i]] = tonumber(value) or value or nil
end
local claimed = o.count or 0
local moved = redis.call('LLEN', aliasMessages) - claimed
local wasFlushed = o.dueUpTo ~= nil and o.first ~= nil and o.dueUpTo >= o.first
local latest = math.max(redis.call('GET', aliasLastMessage) or 0, redis.call('GET', lastMessage) or 0)

local function empty()
  redis.call('HDEL', aliasState, 'first', 'opened', 'quiet', 'typing', 'bytes', 'dueUpTo', 'dueReason')
  -- In a turn it is not there, and the index may just have lost its last member.
  if claimed == 0 and not o.turn then redis.call('ZREM', due, aliasConversation) end
  if claimed == 0 then redis.call('ZREM', directory, aliasEntry) end
  if claimed == 0 and not o.turn then
    redis.call('EXPIRE', aliasState, idleTtlS)
    redis.call('EXPIRE', aliasLastMessage, idleTtlS)
  end
  if claimed == 0 then redis.call('DEL', aliasMessages) else redis.call('LTRIM', aliasMessages, 0, claimed - 1) end
end
`;

// Two windows as one, in the order of arrival, numbered anew behind what this conversation has claimed.
const MERGED = `
local function arrival(element)
  return tonumber(string.match(element, '^{"seq":%d+,"receivedAt":(%d+)'))
end
local function merged(own, others)
  local elements, i, j = {}, 1, 1
  while own[i] or others[j] do
    local element
    if not others[j] or own[i] and arrival(own[i]) <= arrival(others[j]) then
      element, i = own[i], i + 1
    else
      element, j = others[j], j + 1
    end
    s.seq = s.seq + 1
    elements[#elements + 1] = string.gsub(element, '^{"seq":%d+', string.format('{"seq":%d', s.seq), 1)
  end
  return elements
end
`;

/**
 * One person is known by two ids. From now on what comes for the alias belongs to this conversation; what the alias holds
 * unclaimed moves here, in the order of arrival. While a batch of the alias is on its way to the bot or at it, this
 * conversation is in that batch's turn, so that nothing overtakes it.
 */
export const learnAlias = defineScript({
  name: 'learnAlias',
  does: 'Makes one conversation the alias of another, and moves there what it holds unclaimed.',
  keys: [...CONVERSATION_KEYS, 'alias', 'aliasMessages', 'aliasLastMessage', 'aliasState'],
  args: {
    ...CONVERSATION_ARGS,
    aliasConversation: 'text',
    aliasEntry: 'text',
    keepMs: 'ms',
    askAfterMs: 'ms',
  },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX, OTHER, MERGED],
  body: `
if redis.call('GET', alias) == conversation then
  redis.call('PEXPIRE', alias, keepMs)
  return 0
end
local ahead = o.batch or o.turn
-- Our own claimed batch is not settled yet, and would find its turn taken: a later payload learns the alias.
if ahead and s.batch and not s.turn then return 0 end
local own = redis.call('LRANGE', messages, size - unclaimed, -1)
local others = redis.call('LRANGE', aliasMessages, claimed, -1)

-- First of all a write that Redis refuses at its memory's limit: behind any other it would no longer be asked.
redis.call('SET', alias, conversation, 'PX', keepMs)
if ahead and not s.turn then
  s.turn, s.turnOf, s.turnUntil = ahead, aliasConversation, now + askAfterMs
end
local holds = o.heldUntil and not hasCome(o.heldUntil)
if holds and (not s.heldUntil or hasCome(s.heldUntil) or s.heldUntil < o.heldUntil) then
  s.heldUntil = o.heldUntil
end
if moved > 0 then
  -- In this order, or the histogram may lose its last field in between.
  resize(size, size + moved)
  resize(claimed + moved, claimed)
  local isFlushedNow = wasFlushed or unclaimed > 0 and isFlushed()
  s.seq = s.seq or 0
  s.first = s.seq + 1
  local elements = merged(own, others)
  s.bytes = 0
  for i, element in ipairs(elements) do
    s.bytes = s.bytes + #element
    if i <= #own then
      redis.call('LSET', messages, size - unclaimed + i - 1, element)
    else
      redis.call('RPUSH', messages, element)
    end
  end
  redis.call('SET', lastMessage, latest)
  if size == 0 then redis.call('ZADD', directory, 0, directoryEntry) end
  size, unclaimed = size + moved, unclaimed + moved
  s.opened = math.min(s.opened or o.opened, o.opened)
  s.quiet = math.max(s.quiet or o.quiet, o.quiet)
  if o.typing then s.typing = math.max(s.typing or 0, o.typing) end
  if isFlushedNow then s.dueUpTo, s.dueReason = s.seq, s.dueReason or o.dueReason end
end
if moved > 0 or s.turn then
  redis.call('PERSIST', state)
  redis.call('PERSIST', lastMessage)
end
if moved > 0 or s.turn or holds then
  save()
  reindex()
end
if moved > 0 then empty() end
return moved
`,
  reply: (raw) => raw as number,
});
