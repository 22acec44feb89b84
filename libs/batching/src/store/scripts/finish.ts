import { TAKE_BACK } from './write.fragment';

/** What one lot of claims may make Redis send in one go: a hundred batches of 2.5 MB would block it for a second. */
const LOT_BYTES = 4 * 1024 ** 2;

/** How a change of one conversation works it out; where that fails, what it had planned is forgotten. */
export const SINGLE = `
newPlan()
local failed
local isWorked, reply = pcall(changeOne)
if not isWorked then
  failed, reply = { { failure = reply, conversation = conversation, isLoaded = isLoaded } }, false
  newPlan()
end
local replies = { reply }
`;

/** How a change of a lot does, from the places of the keys and arguments that each brings. */
export function lotOf(
  own: { keys: readonly string[]; args: readonly string[] },
  keysBefore: number,
  argsBefore: number,
): string {
  const keys = own.keys.map((_, i) => `KEYS[k + ${i + 1}]`).join(', ');
  const args = own.args.map((_, i) => `ARGV[a + ${i + 1}]`).join(', ');
  return `
local replies, failed, isWorked, isSpoilt = {}, nil, false, false
-- Nothing is written yet: what one that fails has planned is forgotten, and the others are worked out anew.
repeat
  newPlan()
  isWorked, isSpoilt = false, false
  local k, a, weight, index = ${keysBefore}, ${argsBefore}, 0, 1
  while k < #KEYS and weight < ${LOT_BYTES} do
    local fine, reply = true, false
    if not (failed and failed[index]) then
      ${own.keys.join(', ')} = ${keys}
      ${own.args.join(', ')} = ${args}
      fine, reply = pcall(changeOne)
      isWorked = isWorked or fine
    end
    if not fine then
      failed, isSpoilt = failed or {}, true
      failed[index], reply = { failure = reply, conversation = conversation, isLoaded = isLoaded }, false
    end
    replies[index] = reply
    if reply and type(reply) == 'table' then
      for _, element in ipairs(reply[#reply]) do weight = weight + #element end
    end
    index, k, a = index + 1, k + ${own.keys.length}, a + ${own.args.length}
  end
until not isSpoilt
`;
}

/** Which of those that failed did so by their own fault: they are damaged, and set aside when all is written. */
export const JUDGED = `
local refusal, damaged
local function textOf(failure)
  return type(failure) == 'table' and failure.err or tostring(failure)
end
if failed then
  damaged = {}
  for index, each in pairs(failed) do
    local failure, text = each.failure, textOf(each.failure)
    -- An error of Redis's own is its server's policy, and no fault of the conversation's; but for keys of another kind.
    local isDamage = type(failure) ~= 'table' and not string.match(text, '^%u+ ')
    if string.match(text, 'WRONGTYPE') then isDamage = not each.isLoaded end
    if isDamage then
      damaged[#damaged + 1] = { index, string.gsub(text, '^user_script:%d+: ', ''), each.conversation }
    else
      refusal = refusal or text
    end
  end
  if refusal and not isWorked and #damaged == 0 then return { err = refusal } end
end
`;

/** Writes, or takes back what of it was written. */
export const WRITTEN = `
local isWritten, why = pcall(write)
if not isWritten then
  ${TAKE_BACK.trim().replaceAll('\n', '\n  ')}
  return { err = textOf(why) }
end
`;

/** What is done once for the whole call when all is written; a refusal is only said. */
export function closed(closing: string): string {
  return `
local isClosed, open = pcall(function()
  ${closing.trim().replaceAll('\n', '\n  ')}
end)
if not isClosed then trouble = trouble or textOf(open) end
`;
}

/** Wakes, sets aside what is damaged, and says what became of each. */
export const FINISH = `
if plan.wake then try('PUBLISH', wakeChannel, plan.wake) end
local said = {}
-- Kept as it is, and out of everybody's way: nobody looks at it until an operator has it repaired.
for _, each in ipairs(damaged or {}) do
  local index, reason, id = unpack(each)
  local isNew = try('HSETNX', setAside, id, string.format('%d %s', now, reason))
  if isNew then
    try('ZREM', due, id)
    try('ZREM', turns, id)
  end
  said[#said + 1], said[#said + 2], said[#said + 3] = index, reason, isNew or 0
end
return { replies, trouble or refusal or '', said }
`;
