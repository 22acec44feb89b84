import type { Fragment } from './fragment';

/**
 * The queue gives a job to a worker under a lock, and to another once that has expired. A worker that comes too late, because it
 * or its connection stood still, must leave the job as it is.
 */
export const JOB_LOCK: Fragment = {
  name: 'JOB_LOCK',
  needs: [],
  gives: ['hasJob'],
  lua: `
local function hasJob(lock, holder) return redis.call('GET', lock) == holder end
`,
};
