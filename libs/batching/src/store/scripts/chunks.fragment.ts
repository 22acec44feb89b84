import type { Fragment } from './fragment';

/** Lists in pieces that `unpack` takes: it ends at about 8,000, and a conversation may hold 100,000 messages. */
export const CHUNKS: Fragment = {
  name: 'CHUNKS',
  needs: [],
  gives: ['chunks', 'reversed'],
  lua: `
local function chunks(values)
  local found = {}
  for i, value in ipairs(values) do
    if i % 1000 == 1 then found[#found + 1] = {} end
    local last = found[#found]
    last[#last + 1] = value
  end
  return found
end
local function reversed(values)
  local found = {}
  for i = #values, 1, -1 do found[#found + 1] = values[i] end
  return found
end
`,
};
