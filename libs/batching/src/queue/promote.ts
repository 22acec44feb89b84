import { ErrorCode, Job, type Queue } from 'bullmq';
import { asOutage } from '../redis/outage';

/**
 * Puts a delayed job back on the queue. A job that is not delayed stays as it is: a worker has it, or will, or it has ended.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export async function promote(queue: Queue, jobId: string): Promise<void> {
  // Without its data, which may be large and is not needed.
  const job = new Job<object>(queue, '', {}, {}, jobId);
  await job.promote().catch((error: unknown) => {
    const { code } = error as { code?: unknown };
    if (code !== ErrorCode.JobNotInState && code !== ErrorCode.JobNotExist) throw asOutage(error);
  });
}
