interface Tracked {
  /** When its lock was last renewed, ms, by the host's clock. */
  ts: number;
}

/** Long ago, whatever the host's clock says. */
const LONG_AGO = 1;

/**
 * Jobs at work whose locks were always renewed long ago. BullMQ renews, at each of its ticks, those of which the host's
 * clock says so: where that is set back it would renew none, and other workers take the jobs over.
 */
export class SteadyLocks<T extends Tracked> extends Map<string, T> {
  override get(jobId: string): T | undefined {
    const tracked = super.get(jobId);
    return tracked && { ...tracked, ts: LONG_AGO };
  }
}
