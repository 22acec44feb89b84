import type { Fragment } from './fragment';

/** The plan; a list in it is made by what is first added to it. */
export const NEW_PLAN: Fragment = {
  name: 'NEW_PLAN',
  needs: [],
  gives: ['plan', 'isLoaded'],
  lua: `
local plan, isLoaded = {}, false
`,
};

const ADD: Fragment = {
  name: 'ADD',
  needs: ['plan'],
  gives: ['add', 'tidy'],
  lua: `
local function add(what, one, other)
  local values = plan[what]
  if not values then
    plan[what] = { one, other }
    return
  end
  local n = #values
  values[n + 1], values[n + 2] = one, other
end
local function tidy(...)
  add('tidied', { ... })
end
`,
};

const COUNT: Fragment = {
  name: 'COUNT',
  needs: ['plan'],
  gives: ['count'],
  lua: `
local function count(name, by, what)
  what = what or 'counted'
  local changes = plan[what]
  if not changes then
    plan[what] = { [name] = by }
    return
  end
  changes[name] = (changes[name] or 0) + by
end
`,
};

const RESIZE: Fragment = {
  name: 'RESIZE',
  needs: ['count'],
  gives: ['resize'],
  lua: `
local function resize(before, after)
  if after > 0 then count(after, 1, 'resized') end
  if before > 0 then count(before, -1, 'resized') end
end
`,
};

const PREPARE: Fragment = {
  name: 'PREPARE',
  needs: ['plan', 'add'],
  gives: ['prepare'],
  lua: `
local function prepare(takeBack, ...)
  add('prepared', { takeBack = takeBack, ... })
end
`,
};

const COMMIT: Fragment = {
  name: 'COMMIT',
  needs: ['plan', 'add'],
  gives: ['commit'],
  lua: `
local function commit(key, value, was)
  add('committed', key, value)
  if was then add('replaced', key, was) end
end
`,
};

const COMPLETE: Fragment = {
  name: 'COMPLETE',
  needs: ['plan', 'add'],
  gives: ['complete'],
  lua: `
local function complete(...)
  add('completed', { ... })
end
`,
};

const KEEP: Fragment = {
  name: 'KEEP',
  needs: ['plan', 'add', 'complete'],
  gives: ['keep'],
  lua: `
-- Leaves of a list what stands between two places of it, many or none.
local function keep(list, from, to)
  if from > to then add('dropped', list) else complete('LTRIM', list, from, to) end
end
`,
};

/**
 * How a change says what is to be written, without writing it: `prepare` what does no harm where the rest fails, with
 * the command that takes it back; `commit` what all of the change stands or falls with; `complete` it by taking out of
 * lists what is no longer theirs; `tidy` what follows from the rest. `count` and `resize` keep the accounts and the
 * histogram of sizes. One plan gathers what all conversations of a call want written; `WRITE` writes it.
 */
export const PLAN: readonly Fragment[] = [NEW_PLAN, ADD, COUNT, RESIZE, PREPARE, COMMIT, COMPLETE, KEEP];
