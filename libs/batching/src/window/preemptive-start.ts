import type { CompanyId } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { botTimeKey } from './bot-times';

/** How often a bot's usual time is read again, ms. */
const READ_EVERY_MS = 5_000;

/** What was last read of a bot's usual time. */
interface Known {
  botMs: number;
  readAtMs: number;
}

/** After which silence the bot is called with a draft. */
export class PreemptiveStart {
  /** By key; as many as there are companies with settings of their own. */
  private readonly known = new Map<string, Known>();

  constructor(private readonly store: BatchStore) {}

  /**
   * The silence, ms; 0: when the window is over, or not at all, where the bot is off. Below 0: so long before that, as the bot usually takes. With `auto`, the
   * present value is read in the background.
   */
  of(companyId: CompanyId | null): number {
    const { settings } = this.store;
    if (settings.isBotOff(companyId)) return 0;
    const { start } = settings.of(companyId).turns;
    if (start !== 'auto') return start ?? 0;
    return 0 - this.usualMs(botTimeKey(this.store, companyId));
  }

  private usualMs(key: string): number {
    const known = this.known.get(key) ?? { botMs: 0, readAtMs: -Infinity };
    this.known.set(key, known);
    if (performance.now() - known.readAtMs >= READ_EVERY_MS) this.read(key, known);
    return known.botMs;
  }

  private read(key: string, known: Known): void {
    known.readAtMs = performance.now();
    this.store
      .commands((redis) => redis.get(key))
      .then((ms) => (known.botMs = Number(ms)))
      // The value known so far is good enough until Redis answers again.
      .catch(() => undefined);
  }
}
