import { AsyncLocalStorage } from 'node:async_hooks';

/** A job at work, as BullMQ keeps it. */
export interface Tracked {
  /** The lock under which a run has its job. */
  token: string;
  /** When its lock was last renewed, ms, by the host's clock. */
  ts: number;
  /** Breaks the run off. */
  abortController?: AbortController | undefined;
}

/** Long ago, whatever the host's clock says. */
const LONG_AGO = 1;

/**
 * The jobs at work, whose locks BullMQ renews. It keeps them by job, although a job whose lock was lost may come back to the same
 * process while its first run is still at work; here only the latest run has a job, and no other ends the renewal of its lock.
 *
 * All locks count as renewed long ago: at each tick BullMQ renews the locks that are old by the host's clock, and if that
 * clock is set back it would renew none, and other workers would take the jobs over.
 */
export class SteadyLocks<T extends Tracked> extends Map<string, T> {
  private readonly tokenOfRun = new AsyncLocalStorage<string>();

  /** Runs a job under this lock: only within this call its lock's renewal can be ended. */
  run<R>(token: string, work: () => R): R {
    return this.tokenOfRun.run(token, work);
  }

  override get(jobId: string): T | undefined {
    const tracked = super.get(jobId);
    return tracked && { ...tracked, ts: LONG_AGO };
  }

  /** A run that has lost the job to this one is broken off: nothing of it counts, and a shutdown would not find it here. */
  override set(jobId: string, tracked: T): this {
    const before = super.get(jobId);
    if (before && before.token !== tracked.token) before.abortController?.abort('taken over');
    return super.set(jobId, tracked);
  }

  override delete(jobId: string): boolean {
    return super.get(jobId)?.token === this.tokenOfRun.getStore() && super.delete(jobId);
  }
}
