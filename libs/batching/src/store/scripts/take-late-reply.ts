import { defineScript } from './define-script';
import { JOB_LOCK } from './job-lock.fragment';
import { LATE_REPLY } from './late-reply.fragment';

/** What was kept, and when, ms. */
export interface LateReply {
  at: number;
  /** JSON, as it came. */
  answer: unknown;
}

/** As the script that kept it wrote it. */
export function readLateReply(kept: string): LateReply {
  const end = kept.indexOf(' ');
  return { at: Number(kept.slice(0, end)), answer: JSON.parse(kept.slice(end + 1)) as unknown };
}

/** It stays where it is: a worker that dies before it has noted the answer is followed by one that finds it again. */
export const takeLateReply = defineScript({
  name: 'takeLateReply',
  does: 'Reads the late reply to a batch; where there is none, no longer takes any, or takes one again.',
  keys: ['job', 'lock'],
  args: { nowMs: 'ms', closes: 'flag', holder: 'text' },
  fragments: [JOB_LOCK, LATE_REPLY],
  body: `
local kept = redis.call('HGET', job, lateReply)
if kept and kept ~= closed then return kept end
-- A write would bring a job back that was removed.
if redis.call('EXISTS', job) == 0 then return false end
-- Only the worker that the queue has given the job to may say that it is over.
if not hasJob(lock, holder) then return false end
if closes then redis.call('HSET', job, lateReply, closed) elseif kept then redis.call('HDEL', job, lateReply) end
return false
`,
  reply: (raw): LateReply | null => (typeof raw === 'string' ? readLateReply(raw) : null),
});
