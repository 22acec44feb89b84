import { COMMIT_BATCH, HISTORY_KEYS, REMEMBER } from './commit-batch.fragment';
import { defineLot } from './define-change';
import type { Fragment } from './fragment';

/** `stale`: another owner has claimed the batch since; nothing was changed. */
export type Fenced<T extends string> = T | 'stale';

const IS_WORKER_SEEN: Fragment = {
  name: 'IS_WORKER_SEEN',
  needs: ['workerSeen'],
  gives: ['isWorkerSeen'],
  lua: `
local isWorkerSeen = redis.call('EXISTS', workerSeen) == 1
`,
};

/**
 * The end of a claim. Where turns are held, that is the beginning of the batch's turn, unless its bot was quicker than we:
 * then the turn has begun, or is done. A draft in its turn keeps its messages in the list until its answer is committed; any
 * other batch's leave the list in the step that records that their job exists.
 */
export const settle = defineLot(
  {
    name: 'settle',
    does: 'Ends a claim whose job is on the queue, for the holder of its token; takes its messages out, unless it is a draft.',
    keys: [...HISTORY_KEYS, 'workerSeen'],
    args: { token: 'text', holdsTurns: 'flag', needsNoWorker: 'flag', askAfterMs: 'ms' },
    once: [IS_WORKER_SEEN],
    fragments: [COMMIT_BATCH],
    body: `
if s.token ~= token then return 'stale' end
count('claims', -1)
if holdsTurns and (isWorkerSeen or needsNoWorker) and not s.turn and s.done ~= s.batch then
  s.turn, s.turnUntil, s.turnOpened = s.batch, now + askAfterMs, s.claimOpened
end
if s.answerAt and s.turn == s.batch then
  s.token, s.leaseUntil, s.attempt, s.failures = nil, nil, nil, nil
else
  commitBatch()
end
save()
return 'settled'
`,
    closing: REMEMBER,
    reply: (raw) => raw as Fenced<'settled'>,
  },
  'token',
);
