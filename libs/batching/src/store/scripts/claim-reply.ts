import { defineScript } from './define-script';
import { JOB_LOCK } from './job-lock.fragment';

/**
 * `already`: somebody else was allowed to send this reply. `gone`: the job was removed, so nothing is known of it. `lost`: the queue
 * has given the job to another worker, or is about to.
 */
export type ReplyPermission = 'send' | 'already' | 'gone' | 'lost';

/**
 * The right to send one reply of a batch, given once: a reply sent twice is worse than one that an operator resends. It
 * stands in the batch's job, so it lives exactly as long as anything can bring the batch to a worker again.
 */
export const claimReply = defineScript({
  name: 'claimReply',
  does: 'Lets one reply of a job be sent, by one asker.',
  keys: ['job', 'lock'],
  args: { nowMs: 'ms', reply: 'text', asker: 'text', holder: 'text' },
  fragments: [JOB_LOCK],
  body: `
if redis.call('EXISTS', job) == 0 then return 'gone' end
if not hasJob(lock, holder) then return 'lost' end
local permission = 'rapid-fire-reply:' .. reply
-- Who asks again has not heard that it may.
if redis.call('HSETNX', job, permission, asker) == 0 and redis.call('HGET', job, permission) ~= asker then
  return 'already'
end
return 'send'
`,
  reply: (raw) => raw as ReplyPermission,
});
