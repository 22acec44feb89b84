import type { BatchStore } from '../batch-store';
import { jobKey } from '../hand-off/queue';

/** How far the queue is with a job. `over`: it is finished, however that went, or gone. */
export type JobState = 'waiting' | 'active' | 'over';

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
        const [[name, finishedOn], locks] = await Promise.all([
          redis.hmget(key, 'name', 'finishedOn'),
          redis.exists(`${key}:lock`),
        ]);
        if (name === null || finishedOn !== null) return 'over';
        return locks === 1 ? 'active' : 'waiting';
      }),
    ),
  );
}
