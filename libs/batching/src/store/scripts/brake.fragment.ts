import type { Fragment } from './fragment';

const HOUR_MS = 3_600_000;

/**
 * Counts a turn that has run its course, and holds the conversation once there were too many within an hour of the first: its
 * bot may be hearing itself. True if it does so now. The hold is that of an operator, who may release it; then the count
 * begins anew.
 */
export const BRAKE: Fragment = {
  name: 'BRAKE',
  needs: ['s', 'now', 'maxTurnsPerHour', 'hasCome', 'steer'],
  gives: ['brakes'],
  lua: `
local function brakes()
  if maxTurnsPerHour == 0 then return false end
  -- An hour ahead of now was begun before the clock went back.
  local isOver = not s.hourBegan or s.hourBegan > now or now - s.hourBegan >= ${HOUR_MS}
  if isOver then s.hourBegan, s.hourTurns = now, 0 end
  s.hourTurns = s.hourTurns + 1
  if s.hourTurns < maxTurnsPerHour then return false end
  local before = s.heldUntil and not hasCome(s.heldUntil) and s.heldUntil or 0
  s.heldUntil = math.max(before, s.hourBegan + ${HOUR_MS})
  s.hourBegan, s.hourTurns = nil, nil
  steer('hold', s.heldUntil)
  return true
end
`,
};
