/** After this time Redis is asked again, ms: clocks drift, and another master has its own. */
const GOOD_FOR_MS = 5_000;

/** Redis's time on this host, continued from its last answer by a monotonic clock. */
export class RedisClock {
  private last: { redisMs: number; atMs: number } | null = null;
  private asking: Promise<void> | null = null;

  /**
   * @param askRedis its `TIME`, ms since the epoch.
   * @param counter ms by a clock that never goes back.
   */
  constructor(
    private readonly askRedis: () => Promise<number>,
    private readonly counter: () => number = () => performance.now(),
  ) {}

  /** ms since the epoch. Only the first call waits for Redis; later calls continue from the last answer while it is asked. */
  async now(): Promise<number> {
    if (this.last === null) await this.ask();
    return this.nowMs;
  }

  /** The same without waiting: continues from the last answer while Redis is asked; before its first answer, the host's time. */
  get nowMs(): number {
    if (this.isStale) this.ask().catch(() => undefined);
    return this.counted() ?? Date.now();
  }

  /** ms by a clock that never goes back, and that nothing sets. */
  get monotonicMs(): number {
    return this.counter();
  }

  /** How far this host's clock is behind Redis's, ms; negative if it is ahead. */
  get hostBehindMs(): number {
    const known = this.counted();
    return known === null ? 0 : known - Date.now();
  }

  private get isStale(): boolean {
    const ageMs = this.last === null ? Infinity : this.counter() - this.last.atMs;
    return ageMs < 0 || ageMs >= GOOD_FOR_MS;
  }

  private counted(): number | null {
    return this.last && Math.round(this.last.redisMs + this.counter() - this.last.atMs);
  }

  private ask(): Promise<void> {
    this.asking ??= this.askOnce().finally(() => (this.asking = null));
    return this.asking;
  }

  private async askOnce(): Promise<void> {
    const redisMs = await this.askRedis();
    this.last = { redisMs, atMs: this.counter() };
  }
}
