import type { Fragment } from './fragment';

/** Writes the plan; `written`, `adjusted` and `isCommitted` say how far it came, where Redis refused a step of it. */
export const WRITE: Fragment = {
  name: 'WRITE',
  needs: ['plan', 'none', 'due', 'turns', 'directory', 'counters', 'sizes'],
  gives: ['write', 'written', 'adjusted', 'zeros', 'isCommitted'],
  lua: `
local written, adjusted, zeros, isCommitted = 0, 0, {}, false
local function adjust(key, changes)
  for field, by in pairs(changes) do
    if by ~= 0 then
      -- A text where it may be: Redis prints each of Lua's numbers by a slow way.
      local after = redis.call('HINCRBY', key, field, by == 1 and '1' or by == -1 and '-1' or by)
      adjusted = adjusted + 1
      if after == 0 and key == sizes then zeros[#zeros + 1] = field end
    end
  end
end
local function write()
  for i, step in ipairs(plan.prepared or none) do
    redis.call(unpack(step))
    written = i
  end
  if plan.looks then redis.call('ZADD', due, unpack(plan.looks)) end
  if plan.asks then redis.call('ZADD', turns, unpack(plan.asks)) end
  if plan.opened then redis.call('ZADD', directory, unpack(plan.opened)) end
  adjust(counters, plan.counted)
  adjust(sizes, plan.resized)
  if plan.committed then redis.call('MSET', unpack(plan.committed)) end
  isCommitted = true
  -- One command for all of a call, for of two the second may be refused: nothing takes back what the first has cut.
  local completed, dropped = plan.completed or none, plan.dropped or none
  if #completed == 0 and #dropped > 0 then redis.call('DEL', unpack(dropped)) end
  for _, key in ipairs(#completed > 0 and dropped or none) do redis.call('LTRIM', key, 1, 0) end
  for _, step in ipairs(completed) do redis.call(unpack(step)) end
end
`,
};

/** Takes back what was written of a plan that Redis refused on its way: the call has changed nothing. */
export const TAKE_BACK = `
local committed, replaced = isCommitted and plan.committed or none, plan.replaced or none
local before = {}
for i = 1, #replaced, 2 do before[replaced[i]] = replaced[i + 1] end
for i = 1, #committed, 2 do
  local key = committed[i]
  if before[key] then redis.pcall('MSET', key, before[key]) else redis.pcall('DEL', key) end
end
local function readjust(key, changes)
  for field, by in pairs(changes) do
    if by ~= 0 and adjusted > 0 then
      redis.pcall('HINCRBY', key, field, -by)
      adjusted = adjusted - 1
    end
  end
end
readjust(counters, plan.counted)
readjust(sizes, plan.resized)
for i = written, 1, -1 do
  local step = plan.prepared[i].takeBack
  if step then redis.pcall(unpack(step)) end
end
`;

/** What follows from the states: a refusal is `trouble`, and is said, and the next look does it again. */
export const TIDY_UP: Fragment = {
  name: 'TIDY_UP',
  needs: ['plan', 'none', 'zeros', 'due', 'turns', 'directory', 'sizes'],
  gives: ['try', 'trouble'],
  lua: `
local trouble
local function try(...)
  local reply = redis.pcall(...)
  if type(reply) == 'table' and reply.err then
    trouble = trouble or reply.err
    return nil
  end
  return reply
end
for _, step in ipairs(plan.tidied or none) do try(unpack(step)) end
if plan.idle then try('ZREM', due, unpack(plan.idle)) end
if plan.over then try('ZREM', turns, unpack(plan.over)) end
if plan.emptied then try('ZREM', directory, unpack(plan.emptied)) end
if #zeros > 0 then try('HDEL', sizes, unpack(zeros)) end
`,
};
