import { lockKey } from '../queue/queue';
import type { BatchStore } from '../store/batch-store';

/** The lock under which a worker of a test has a job. */
export const LOCK = 'the-lock-of-this-worker';

/** The queue gives a job to a worker, as far as a script can tell. */
export async function holdJob(store: BatchStore, batchId: string, lock = LOCK): Promise<void> {
  await store.redis.set(lockKey(store.settings, batchId), lock);
}
