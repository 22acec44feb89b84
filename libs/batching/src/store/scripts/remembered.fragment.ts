import type { Fragment } from './fragment';

/** Reads what a key remembers: `<when that ends, ms> <what>`; nothing where the end has come. */
export const REMEMBERED: Fragment = {
  name: 'REMEMBERED',
  needs: ['now'],
  gives: ['remembered'],
  lua: `
local function remembered(value)
  if not value then return false end
  local ends, what = string.match(value, '^(%d+) ?(.*)$')
  if ends and tonumber(ends) > now then return what end
  return false
end
`,
};
