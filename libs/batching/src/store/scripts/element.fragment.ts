import type { Fragment } from './fragment';

const HEAD_OF: Fragment = {
  name: 'HEAD_OF',
  needs: [],
  gives: ['headOf'],
  lua: `
-- What stands in front of what the sender decides.
local function headOf(seq, receivedAt, timestamp, stale, awaits)
  return string.format('{"seq":%d,"receivedAt":%d,"timestamp":%d,', seq, receivedAt, timestamp)
    .. (stale and '"stale":true,' or '') .. (awaits and string.format('"awaits":%d,', awaits) or '')
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

const AWAITS_OF: Fragment = {
  name: 'AWAITS_OF',
  needs: [],
  gives: ['awaitsOf'],
  lua: `
-- Until when it waits for its transcript; nothing where it waits for none.
local function awaitsOf(element)
  if not string.find(element, '"awaits":', 1, true) then return nil end
  -- The set stands for "stale":true, which may be between them; no field of the body is written in its letters alone.
  return tonumber(string.match(element, '^{"seq":%d+,"receivedAt":%d+,"timestamp":%-?%d+,["staleru:,]-"awaits":(%d+)'))
end
`,
};

const AWAITED_FROM: Fragment = {
  name: 'AWAITED_FROM',
  needs: ['messages', 'awaitsOf'],
  gives: ['awaitedFrom'],
  lua: `
-- Until when the messages from a place on, without one of them, wait for a transcript; nothing where they wait for none.
local function awaitedFrom(place, without)
  local latest
  for _, element in ipairs(redis.call('LRANGE', messages, place, '-1')) do
    local ends = element ~= without and awaitsOf(element)
    if ends and ends > (latest or 0) then latest = ends end
  end
  return latest
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
export const ELEMENT: readonly Fragment[] = [
  ...[HEAD_OF, SEQ_OF, ARRIVAL_OF, IS_STALE, RENUMBERED],
  ...[AWAITS_OF, AWAITED_FROM],
];
