interface Tracked {
  /** When its lock was last renewed, ms, by the host's clock. */
  ts: number;
}

/** Long ago, whatever the host's clock says. */
const LONG_AGO = 1;

/**
 * Jobs at work whose locks always count as renewed long ago. At each tick BullMQ renews the locks that are old by the
 * host's clock: if that clock is set back it would renew none, and other workers would take the jobs over.
 */
export class SteadyLocks<T extends Tracked> extends Map<string, T> {
  override get(jobId: string): T | undefined {
    const tracked = super.get(jobId);
    return tracked && { ...tracked, ts: LONG_AGO };
  }
}
