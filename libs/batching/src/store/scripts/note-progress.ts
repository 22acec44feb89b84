import { defineScript } from './define-script';
import { JOB_LOCK } from './job-lock.fragment';

/** What BullMQ's `updateProgress` does, which asks for no lock; without its event, which nothing here reads. */
export const noteProgress = defineScript({
  name: 'noteProgress',
  does: 'Notes in a job how far its worker has come, if the queue has not given it to another.',
  keys: ['job', 'lock'],
  args: { nowMs: 'ms', holder: 'text', progress: 'text' },
  fragments: [JOB_LOCK],
  body: `
-- A write would bring a job back that was removed.
if not hasJob(lock, holder) or redis.call('EXISTS', job) == 0 then return 0 end
redis.call('HSET', job, 'progress', progress)
return 1
`,
  reply: (raw): boolean => raw === 1,
});
