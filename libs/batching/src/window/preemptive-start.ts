import { BatchStore } from '../store/batch-store';

/** How often the bot's usual time is read again, ms. */
const READ_EVERY_MS = 5_000;

/** After which silence the bot is called with a draft. */
export class PreemptiveStart {
  private botMs = 0;
  private readAtMs = -Infinity;

  constructor(private readonly store: BatchStore) {}

  /**
   * The silence, ms; 0: when the window is over. Below 0: so long before that, as the bot usually takes. With `auto`, the
   * present value is read in the background.
   */
  get ms(): number {
    const { start } = this.store.settings.turns;
    if (start !== 'auto') return start ?? 0;
    if (performance.now() - this.readAtMs >= READ_EVERY_MS) this.read();
    return 0 - this.botMs;
  }

  private read(): void {
    this.readAtMs = performance.now();
    const { botTime } = this.store.partitions.home;
    this.store
      .commands((redis) => redis.get(botTime))
      .then((ms) => (this.botMs = Number(ms)))
      // The value known so far is good enough until Redis answers again.
      .catch(() => undefined);
  }
}
