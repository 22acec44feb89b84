import { type Job, type Processor, Worker, type WorkerOptions } from 'bullmq';
import { redisTimeBackend } from './redis-time.backend';
import { SteadyLocks } from './steady-locks';

/**
 * A consumer that asks for no job once it is closing: BullMQ's may ask once more, and wait until its Redis is back. And
 * one that goes by Redis's clock, whatever its host's says.
 */
export class ClosingWorker extends Worker {
  constructor(name: string, processor: Processor | string | undefined, options: WorkerOptions) {
    super(name, processor, options, redisTimeBackend);
  }

  protected override createLockManager(): void {
    super.createLockManager();
    Object.assign(this.lockManager, { trackedJobs: new SteadyLocks() });
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    if (this.closing) return undefined as unknown as Job;
    return super.moveToActive(token, name);
  }
}
