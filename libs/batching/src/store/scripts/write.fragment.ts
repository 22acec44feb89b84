import type { Fragment } from './fragment';

/** Writes the plan; `written`, `adjusted` and `isCommitted` say how far it came, where Redis refused a step of it. */
export const WRITE: Fragment = {
  name: 'WRITE',
  needs: ['plan', 'due', 'turns', 'directory', 'counters', 'sizes'],
  gives: ['write', 'written', 'adjusted', 'zeros', 'isCommitted'],
  lua: `
local written, adjusted, zeros, isCommitted = 0, 0, nil, false
local function adjust(key, changes)
  for field, by in pairs(changes) do
    if by ~= 0 then
      -- A text where it may be: Redis prints each of Lua's numbers by a slow way.
      local after = redis.call('HINCRBY', key, field, by == 1 and '1' or by == -1 and '-1' or by)
      adjusted = adjusted + 1
      if after == 0 and key == sizes then
        zeros = zeros or {}
        zeros[#zeros + 1] = field
      end
    end
  end
end
local function write()
  if plan.prepared then
    for i, step in ipairs(plan.prepared) do
      redis.call(unpack(step))
      written = i
    end
  end
  if plan.looks then redis.call('ZADD', due, unpack(plan.looks)) end
  if plan.asks then redis.call('ZADD', turns, unpack(plan.asks)) end
  if plan.opened then redis.call('ZADD', directory, unpack(plan.opened)) end
  if plan.counted then adjust(counters, plan.counted) end
  if plan.resized then adjust(sizes, plan.resized) end
  if plan.committed then redis.call('MSET', unpack(plan.committed)) end
  isCommitted = true
  -- One command for all of a call, for of two the second may be refused: nothing takes back what the first has cut.
  if plan.completed then
    for _, key in ipairs(plan.dropped or {}) do redis.call('LTRIM', key, 1, 0) end
    for _, step in ipairs(plan.completed) do redis.call(unpack(step)) end
  elseif plan.dropped then
    redis.call('DEL', unpack(plan.dropped))
  end
end
`,
};

/** Takes back what was written of a plan that Redis refused on its way: the call has changed nothing. */
export const TAKE_BACK = `
local committed, replaced = isCommitted and plan.committed or {}, plan.replaced or {}
local before = {}
for i = 1, #replaced, 2 do before[replaced[i]] = replaced[i + 1] end
for i = 1, #committed, 2 do
  local key = committed[i]
  if before[key] then redis.pcall('MSET', key, before[key]) else redis.pcall('DEL', key) end
end
local function readjust(key, changes)
  for field, by in pairs(changes or {}) do
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
  needs: ['plan', 'zeros', 'due', 'turns', 'directory', 'sizes'],
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
if plan.tidied then
  for _, step in ipairs(plan.tidied) do try(unpack(step)) end
end
if plan.idle then try('ZREM', due, unpack(plan.idle)) end
if plan.over then try('ZREM', turns, unpack(plan.over)) end
if plan.emptied then try('ZREM', directory, unpack(plan.emptied)) end
if zeros then try('HDEL', sizes, unpack(zeros)) end
`,
};
