import type { Fragment } from './fragment';

const HEAD_OF: Fragment = {
  name: 'HEAD_OF',
  needs: [],
  gives: ['headOf'],
  lua: `
-- What stands in front of what the sender decides.
local function headOf(seq, receivedAt, timestamp, stale)
  return string.format('{"seq":%d,"receivedAt":%d,"timestamp":%d,', seq, receivedAt, timestamp)
    .. (stale and '"stale":true,' or '')
end
`,
};

const SEQ_OF: Fragment = {
  name: 'SEQ_OF',
  needs: [],
  gives: ['seqOf'],
  lua: `
local function seqOf(element)
  return tonumber(string.match(element, '^{"seq":(%d+)'))
end
`,
};

const ARRIVAL_OF: Fragment = {
  name: 'ARRIVAL_OF',
  needs: [],
  gives: ['arrivalOf'],
  lua: `
local function arrivalOf(element)
  return tonumber(string.match(element, '^{"seq":%d+,"receivedAt":(%d+)'))
end
`,
};

const IS_STALE: Fragment = {
  name: 'IS_STALE',
  needs: [],
  gives: ['isStale'],
  lua: `
local function isStale(element)
  -- Nearly none is, and the plain search says so at a fifth of the cost; but the text may stand in the body too.
  if not string.find(element, '"stale":true', 1, true) then return false end
  return string.find(element, '^{"seq":%d+,"receivedAt":%d+,"timestamp":%-?%d+,"stale":true') ~= nil
end
`,
};

const RENUMBERED: Fragment = {
  name: 'RENUMBERED',
  needs: [],
  gives: ['renumbered'],
  lua: `
local function renumbered(element, seq)
  return (string.gsub(element, '^{"seq":%d+', string.format('{"seq":%d', seq), 1))
end
`,
};

/**
 * A stored message, an element of the list: JSON whose first fields Redis writes and reads as text, for Lua's JSON would
 * turn a long id into `2.4e+14`.
 */
export const ELEMENT: readonly Fragment[] = [HEAD_OF, SEQ_OF, ARRIVAL_OF, IS_STALE, RENUMBERED];
