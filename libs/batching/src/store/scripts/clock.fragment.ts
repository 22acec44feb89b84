import type { Fragment } from './fragment';

/** `now`: the time given, else Redis's own. */
export const CLOCK: Fragment = {
  name: 'CLOCK',
  needs: ['nowMs'],
  gives: ['now'],
  lua: `
local now = nowMs
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`,
};
