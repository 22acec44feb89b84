import type { BatchStore } from '../store/batch-store';
import { jobKey } from '../queue/queue';

/**
 * How far the queue is with a job. `untried`: no consumer has begun on it. `waiting`: one has, and it is to be tried again.
 * `over`: it is finished, however that went, or gone.
 */
export type JobState = 'untried' | 'waiting' | 'active' | 'over';

/**
 * How far the queue is with jobs, in their order. A job and its lock tell, so that this costs the same however long the
 * queue is; BullMQ's own answer looks for a waiting one through the whole list.
 *
 * @throws StoreUnavailableError where Redis cannot serve now.
 */
export function jobStates(store: BatchStore, batchIds: readonly string[]): Promise<JobState[]> {
  return store.read((redis) =>
    Promise.all(
      batchIds.map(async (batchId): Promise<JobState> => {
        const key = jobKey(store.settings, batchId);
        const [[name, begunOn, finishedOn], locks] = await Promise.all([
          redis.hmget(key, 'name', 'processedOn', 'finishedOn'),
          redis.exists(`${key}:lock`),
        ]);
        if (!name || finishedOn) return 'over';
        if (locks === 1) return 'active';
        return begunOn ? 'waiting' : 'untried';
      }),
    ),
  );
}
