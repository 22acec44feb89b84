/**
 * A script that fails if it touches a key after one of its own calls removed it. On one Redis that is harmless;
 * while a slot migrates, an absent key ends the script there, and what it has written stays.
 */
export function strictAboutRemovals(lua: string): string {
  return `${WATCH}${lua}`;
}

const WATCH = `
local removed = {}
local plain = redis
local function watched(call)
  return function(command, ...)
    for _, key in ipairs({ ... }) do
      if removed[key] then error(command .. ' touches ' .. key .. ', which this script has removed') end
    end
    local before = {}
    for _, key in ipairs(KEYS) do before[key] = plain.call('EXISTS', key) end
    local reply = call(command, ...)
    for _, key in ipairs(KEYS) do
      if before[key] == 1 and plain.call('EXISTS', key) == 0 then removed[key] = true end
    end
    return reply
  end
end
local redis = setmetatable({ call = watched(plain.call), pcall = watched(plain.pcall) }, { __index = plain })
`;
