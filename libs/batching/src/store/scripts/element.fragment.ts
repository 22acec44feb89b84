import type { Fragment } from './fragment';

/**
 * A stored message, an element of the list: JSON whose first fields Redis writes and reads as text, for Lua's JSON would
 * turn a long id into `2.4e+14`. `headOf` is what stands in front of what the sender decides.
 */
export const ELEMENT: Fragment = {
  name: 'ELEMENT',
  needs: [],
  gives: ['headOf', 'seqOf', 'arrivalOf', 'isStale', 'renumbered'],
  lua: `
local function headOf(seq, receivedAt, timestamp, stale)
  return string.format('{"seq":%d,"receivedAt":%d,"timestamp":%d,', seq, receivedAt, timestamp)
    .. (stale and '"stale":true,' or '')
end
local function seqOf(element)
  return tonumber(string.match(element, '^{"seq":(%d+)'))
end
local function arrivalOf(element)
  return tonumber(string.match(element, '^{"seq":%d+,"receivedAt":(%d+)'))
end
local function isStale(element)
  return string.find(element, '^{"seq":%d+,"receivedAt":%d+,"timestamp":%-?%d+,"stale":true') ~= nil
end
local function renumbered(element, seq)
  return (string.gsub(element, '^{"seq":%d+', string.format('{"seq":%d', seq), 1))
end
`,
};
