import type { Fragment } from './fragment';

/**
 * How a change says what is to be written, without writing it: `prepare` what does no harm where the rest fails, with
 * the command that takes it back; `commit` what all of the change stands or falls with; `complete` it by taking out of
 * lists what is no longer theirs; `tidy` what follows from the rest. `count` and `resize` keep the accounts and the
 * histogram of sizes. A change of one conversation is its `plan`; `PLANS` writes those of a whole call.
 */
export const PLAN: Fragment = {
  name: 'PLAN',
  needs: [],
  gives: ['plan', 'newPlan', 'count', 'resize', 'prepare', 'commit', 'complete', 'tidy', 'firstOf'],
  lua: `
local plan
local function newPlan(conversation, directoryEntry)
  return {
    conversation = conversation, directoryEntry = directoryEntry,
    counted = {}, resized = {}, prepared = {}, committed = {}, completed = {}, tidied = {},
  }
end
local function count(name, by)
  plan.counted[name] = (plan.counted[name] or 0) + by
end
local function resize(before, after)
  count('pending', after - before)
  if after > 0 then plan.resized[after] = (plan.resized[after] or 0) + 1 end
  if before > 0 then plan.resized[before] = (plan.resized[before] or 0) - 1 end
end
local function prepare(takeBack, ...)
  plan.prepared[#plan.prepared + 1] = { takeBack = takeBack, ... }
end
local function commit(key, value, was)
  plan.committed[#plan.committed + 1] = { key = key, value = value, was = was }
end
local function complete(...)
  plan.completed[#plan.completed + 1] = { ... }
end
local function tidy(...)
  plan.tidied[#plan.tidied + 1] = { ... }
end
-- The command that leaves of a list its first messages, so many.
local function firstOf(list, many)
  if many == 0 then return { 'LTRIM', list, 1, 0 } end
  return { 'LTRIM', list, 0, many - 1 }
end
`,
};

/**
 * Writes plans, all of a call at once. Where Redis refuses a step up to the last `complete`, the steps before it are
 * taken back, and the call has changed nothing. What is behind that follows from the states: a refusal is `trouble`, and
 * is said, and the conversation's next change does it again.
 */
export const PLANS: Fragment = {
  name: 'PLANS',
  needs: ['due', 'turns', 'directory', 'counters', 'sizes'],
  gives: ['plans', 'try', 'write', 'takeBack', 'tidyUp', 'textOf', 'trouble'],
  lua: `
local plans, undos, trouble = {}, {}, nil
local function textOf(failure)
  return type(failure) == 'table' and failure.err or tostring(failure)
end
local function try(...)
  local reply = redis.pcall(...)
  if type(reply) == 'table' and reply.err then
    trouble = trouble or reply.err
    return nil
  end
  return reply
end
local function takeBack()
  for i = #undos, 1, -1 do redis.pcall(unpack(undos[i])) end
end
-- One reading and one writing command, whatever the number of fields. Returns those that are 0 now.
local function adjust(key, changes)
  local fields, set, was, zeros = {}, {}, {}, {}
  for field, by in pairs(changes) do
    if by ~= 0 then fields[#fields + 1] = field end
  end
  if #fields == 0 then return zeros end
  for i, value in ipairs(redis.call('HMGET', key, unpack(fields))) do
    local field, before = fields[i], value and tonumber(value) or 0
    local after = before + changes[field]
    set[2 * i - 1], set[2 * i], was[2 * i - 1], was[2 * i] = field, after, field, before
    if after == 0 then zeros[#zeros + 1] = field end
  end
  redis.call('HSET', key, unpack(set))
  undos[#undos + 1] = { 'HSET', key, unpack(was) }
  return zeros
end
local function write()
  local counted, resized, committed, looks, asks, opened = {}, {}, {}, {}, {}, {}
  local replaced = {}
  for _, each in ipairs(plans) do
    for _, step in ipairs(each.prepared) do
      redis.call(unpack(step))
      undos[#undos + 1] = step.takeBack
    end
    for name, by in pairs(each.counted) do counted[name] = (counted[name] or 0) + by end
    for size, by in pairs(each.resized) do resized[size] = (resized[size] or 0) + by end
    for _, pair in ipairs(each.committed) do
      committed[#committed + 1], committed[#committed + 2] = pair.key, pair.value
      replaced[#replaced + 1] = pair.was and { 'MSET', pair.key, pair.was } or { 'DEL', pair.key }
    end
    if each.look then looks[#looks + 1], looks[#looks + 2] = each.look, each.conversation end
    if each.ask then asks[#asks + 1], asks[#asks + 2] = each.ask, each.conversation end
    if each.isOpened then opened[#opened + 1], opened[#opened + 2] = 0, each.directoryEntry end
  end
  if #looks > 0 then redis.call('ZADD', due, unpack(looks)) end
  if #asks > 0 then redis.call('ZADD', turns, unpack(asks)) end
  if #opened > 0 then redis.call('ZADD', directory, unpack(opened)) end
  adjust(counters, counted)
  local zeros = adjust(sizes, resized)
  if #committed > 0 then redis.call('MSET', unpack(committed)) end
  for _, undo in ipairs(replaced) do undos[#undos + 1] = undo end
  for _, each in ipairs(plans) do
    for _, step in ipairs(each.completed) do redis.call(unpack(step)) end
  end
  return zeros
end
local function tidyUp(zeros)
  local idle, over, emptied = {}, {}, {}
  for _, each in ipairs(plans) do
    if each.isIdle then idle[#idle + 1] = each.conversation end
    if each.isOver then over[#over + 1] = each.conversation end
    if each.isEmptied then emptied[#emptied + 1] = each.directoryEntry end
    for _, step in ipairs(each.tidied) do try(unpack(step)) end
  end
  if #idle > 0 then try('ZREM', due, unpack(idle)) end
  if #over > 0 then try('ZREM', turns, unpack(over)) end
  if #emptied > 0 then try('ZREM', directory, unpack(emptied)) end
  if #zeros > 0 then try('HDEL', sizes, unpack(zeros)) end
end
`,
};
