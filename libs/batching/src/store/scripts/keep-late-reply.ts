import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { LATE_REPLY } from './late-reply.fragment';

/**
 * `duplicate`: the batch has its late reply already, this one or another. `over`: the bot has answered it otherwise, or its
 * job has ended. `unknown`: there is no such job.
 */
export type KeepLateReplyOutcome = 'kept' | 'duplicate' | 'over' | 'unknown';

/**
 * A late reply stands in its batch's job: it lives exactly as long as anything can bring the batch to a worker, and whoever
 * ends the job has looked here before.
 */
export const keepLateReply = defineScript({
  name: 'keepLateReply',
  does: 'Keeps the late reply to a batch with its job, the first one only, unless the batch has been answered.',
  keys: ['job'],
  args: { nowMs: 'ms', answer: 'text' },
  fragments: [CLOCK, LATE_REPLY],
  body: `
if redis.call('EXISTS', job) == 0 then return 'unknown' end
local kept = redis.call('HGET', job, lateReply)
if kept == closed then return 'over' end
if kept then return 'duplicate' end
if redis.call('HEXISTS', job, 'finishedOn') == 1 then return 'over' end
redis.call('HSET', job, lateReply, string.format('%.0f', now) .. ' ' .. answer)
return 'kept'
`,
  reply: (raw) => raw as KeepLateReplyOutcome,
});
