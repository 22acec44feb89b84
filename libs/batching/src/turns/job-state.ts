import { jobKey, lockKey } from '../queue/queue';
import type { BatchStore } from '../store/batch-store';

/**
 * A job's state in the queue. `untried`: no consumer has begun it. `waiting`: one has, and it is to be tried again.
 * `over`: it is finished, with whatever result, or gone.
 */
export type JobState = 'untried' | 'waiting' | 'active' | 'over';

/**
 * The states of jobs in the queue, in their order. They are read from a job and its lock, so that the cost does not depend
 * on the length of the queue; BullMQ's own call searches the whole list for a waiting job.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export function jobStates(store: BatchStore, batchIds: readonly string[]): Promise<JobState[]> {
  return store.commands((redis) =>
    Promise.all(
      batchIds.map(async (batchId): Promise<JobState> => {
        const key = jobKey(store.settings, batchId);
        const [[name, begunOn, finishedOn], locks] = await Promise.all([
          redis.hmget(key, 'name', 'processedOn', 'finishedOn'),
          redis.exists(lockKey(store.settings, batchId)),
        ]);
        if (!name || finishedOn) return 'over';
        if (locks === 1) return 'active';
        return begunOn ? 'waiting' : 'untried';
      }),
    ),
  );
}
