import { setTimeout as pause } from 'node:timers/promises';
import { type Job, type Processor, Worker, type WorkerOptions } from 'bullmq';
import { Consumption } from './consumption';
import type { RedisClock } from './redis-clock';
import { redisTimeBackend } from './redis-time.backend';
import { SteadyLocks, type Tracked } from './steady-locks';

const NONE = undefined as unknown as Job;
/** How often a worker that leaves jobs to others checks whether it still does, ms. */
const ASIDE_MS = 250;

/**
 * A consumer that asks for no job once it is closing (BullMQ's may ask once more, and wait until its Redis is back), nor
 * while it may take none. It notes how asking goes, and uses Redis's clock, whatever its host's says.
 */
export class ClosingWorker extends Worker {
  /** How asking for jobs goes. */
  readonly consumption = new Consumption();
  /** False while jobs are left to other workers. */
  mayTakeJobs: () => boolean = () => true;
  // BullMQ's constructor sets it, before our own fields are: an initial value would replace it.
  declare private locks: SteadyLocks<Tracked>;

  /** @param clock Redis's. */
  constructor(name: string, processor: Processor, options: WorkerOptions, clock: RedisClock) {
    super(name, processor, options, redisTimeBackend(clock));
  }

  protected override createLockManager(): void {
    super.createLockManager();
    this.locks = new SteadyLocks();
    Object.assign(this.lockManager, { trackedJobs: this.locks });
  }

  override processJob(...call: Parameters<Worker['processJob']>): ReturnType<Worker['processJob']> {
    return this.locks.run(call[1], () => super.processJob(...call));
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    if (this.closing) return NONE;
    if (this.mayTakeJobs()) return this.consumption.watch(() => super.moveToActive(token, name));
    await pause(ASIDE_MS);
    return NONE;
  }

  /** BullMQ's constructor calls this, before our own fields are set; they are there when a job is waited for. */
  protected override createBackend(): void {
    super.createBackend();
    const { backend } = this;
    const waitForJob = backend.waitForJob.bind(backend);
    backend.waitForJob = async (timeout) => {
      // The end of the wait proves nothing: it also ends when the connection is away.
      if (this.mayTakeJobs()) return this.consumption.noteFailure(() => waitForJob(timeout));
      // Only one consumer is told of a job, and it must be one that takes it.
      await pause(ASIDE_MS);
      return null;
    };
  }
}
