import type { Fragment } from './fragment';
import { TAKE_BACK } from './write.fragment';

/** Bytes of claimed messages that one lot may make Redis send in one go: a hundred batches of 2.5 MB would block it for a second. */
const LOT_BYTES = 4 * 1024 ** 2;

/** The text of an error: of one of Redis's own, or of one that Lua has raised. */
const textOf = (error: string): string => `type(${error}) == 'table' and ${error}.err or tostring(${error})`;

/** How a change of one conversation works it out; where that fails, what it had planned is forgotten. */
export const SINGLE: Fragment = {
  name: 'SINGLE',
  needs: ['changeOne', 'plan', 'isLoaded'],
  gives: ['reply', 'failed', 'isWorked'],
  lua: `
local isWorked, reply = pcall(changeOne, cmsgpack.unpack(ARGV[1]))
local failed
if not isWorked then
  local conversation = cmsgpack.unpack(ARGV[1])
  failed = { { failure = reply, conversation = conversation, isLoaded = isLoaded } }
  plan, reply = {}, false
end
`,
};

/** How a change of a lot does; each conversation brings keys behind those that all share, and arguments in `lot`. */
export function lotOf(
  own: { keys: readonly string[]; args: readonly string[] },
  keysBefore: number,
): Fragment {
  const keys = own.keys.map((_, i) => `KEYS[k + ${i + 1}]`).join(', ');
  const args = own.args.map((_, i) => `lot[a + ${i + 1}]`).join(', ');
  return {
    name: 'LOT',
    needs: ['changeOne', 'lot', ...own.keys, ...own.args, 's', 'plan', 'isLoaded'],
    gives: ['reply', 'failed', 'isWorked'],
    lua: `
local reply, failed, isWorked, isSpoilt = {}, nil, false, false
-- Nothing is written yet: what one that fails has planned is forgotten, and the others are worked out anew.
repeat
  plan, isWorked, isSpoilt = {}, false, false
  local k, a, weight, index = ${keysBefore}, 0, 0, 1
  while k < #KEYS and weight < ${LOT_BYTES} do
    local fine, one = true, false
    if not (failed and failed[index]) then
      ${own.keys.join(', ')} = ${keys}
      ${own.args.join(', ')} = ${args}
      fine, one = pcall(changeOne)
      isWorked = isWorked or fine
    end
    if not fine then
      failed, isSpoilt = failed or {}, true
      failed[index], one = { failure = one, conversation = conversation, isLoaded = isLoaded }, false
    end
    if one then weight = weight + (s.claimBytes or 0) end
    reply[index], index = one, index + 1
    k, a = k + ${own.keys.length}, a + ${own.args.length}
  end
until not isSpoilt
`,
  };
}

/** Which of those that failed did so by their own fault: they are damaged, and set aside when all is written. */
export const JUDGED: Fragment = {
  name: 'JUDGED',
  needs: ['failed', 'isWorked'],
  gives: ['refusal', 'damaged'],
  lua: `
local refusal, damaged
for index, each in pairs(failed or {}) do
  local failure, text = each.failure, ${textOf('each.failure')}
  -- An error of Redis's own is its server's policy, and no fault of the conversation's; but for keys of another kind.
  local isDamage = type(failure) ~= 'table' and not string.match(text, '^%u+ ')
  if string.match(text, 'WRONGTYPE') then isDamage = not each.isLoaded end
  if isDamage then
    damaged = damaged or {}
    damaged[#damaged + 1] = { index, string.gsub(text, '^user_script:%d+: ', ''), each.conversation }
  else
    refusal = refusal or text
  end
end
if refusal and not isWorked and not damaged then return { err = refusal } end
`,
};

/** Writes, or takes back what of it was written. */
export const WRITTEN: Fragment = {
  name: 'WRITTEN',
  needs: ['write', 'plan', 'written', 'adjusted', 'isCommitted', 'counters', 'sizes'],
  gives: [],
  lua: `
local isWritten, why = pcall(write)
if not isWritten then
  ${TAKE_BACK.trim().replaceAll('\n', '\n  ')}
  return { err = ${textOf('why')} }
end
`,
};

/** What is done once for the whole call when all is written; a refusal is only said. */
export function closed(closing: string): Fragment {
  return {
    name: 'CLOSED',
    needs: ['trouble'],
    gives: [],
    lua: `
local isClosed, open = pcall(function()
  ${closing.trim().replaceAll('\n', '\n  ')}
end)
if not isClosed then trouble = trouble or ${textOf('open')} end
`,
  };
}

/** Wakes, sets aside what is damaged, and says what became of each. */
export const FINISH: Fragment = {
  name: 'FINISH',
  needs: [
    'plan',
    'try',
    'trouble',
    'reply',
    'refusal',
    'damaged',
    ...['now', 'due', 'turns', 'setAside', 'wakeChannel'],
  ],
  gives: [],
  lua: `
if plan.wake then try('PUBLISH', wakeChannel, plan.wake) end
-- Kept as it is, and out of everybody's way: nobody looks at it until an operator has it repaired.
for _, each in ipairs(damaged or {}) do
  local _, reason, id = unpack(each)
  local isNew = try('HSETNX', setAside, id, string.format('%d %s', now, reason))
  if isNew then
    try('ZREM', due, id)
    try('ZREM', turns, id)
  end
  each[3] = isNew or 0
end
return { reply, trouble or refusal or '', damaged }
`,
};
