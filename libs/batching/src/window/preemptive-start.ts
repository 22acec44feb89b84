import { BatchStore } from '../store/batch-store';

/** A call that begins sooner is rarely needed: so many writers go on within this time, ms. */
const SOONEST_MS = 1_500;
/** How often the bot's usual time is read again, ms. */
const READ_EVERY_MS = 5_000;

/** After which silence the bot is called with a draft. */
export class PreemptiveStart {
  private botMs: number | null = null;
  private readAtMs = -Infinity;

  constructor(private readonly store: BatchStore) {}

  /** For a window of so much silence, ms; 0: when it is over. With `auto`, the present value is read in the background. */
  of(quietMs: number): number {
    const { start } = this.store.settings.turns;
    if (start !== 'auto') return start === null || start >= quietMs ? 0 : start;
    if (performance.now() - this.readAtMs >= READ_EVERY_MS) this.read();
    const startMs = this.botMs === null ? quietMs : Math.max(SOONEST_MS, quietMs - this.botMs);
    return startMs >= quietMs ? 0 : startMs;
  }

  private read(): void {
    this.readAtMs = performance.now();
    const { botTime } = this.store.partitions.home;
    this.store
      .commands((redis) => redis.get(botTime))
      .then((ms) => (this.botMs = ms === null ? null : Number(ms)))
      // The value known so far is good enough until Redis answers again.
      .catch(() => undefined);
  }
}
