import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { outageInShort, StoreUnavailableError, WaitingBatches } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';

/** Between two steps of a look, ms: what is put back leaves room for the rest. */
const STEP_EVERY_MS = 250;
/** After a look that could not be made, ms. */
const AGAIN_MS = 1_000;

/** Where a company's bot is switched off, what waits for it ends now, and not when it comes back by itself. */
@Injectable()
export class SwitchedOff implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Worker');
  private readonly closing = new AbortController();
  private looking: Promise<void> | null = null;
  /** A look that is under way may have passed what waits for a bot that was switched off since. */
  private isDue = false;

  constructor(
    private readonly waiting: WaitingBatches,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.settings.whenBotOff(() => {
      this.isDue = true;
      this.looking ??= this.lookWhileDue().finally(() => (this.looking = null));
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await this.looking;
  }

  private get isClosing(): boolean {
    return this.closing.signal.aborted;
  }

  /** Never rejects. */
  private async lookWhileDue(): Promise<void> {
    while (this.isDue && !this.isClosing) {
      this.isDue = false;
      try {
        await this.lookThroughAll();
      } catch (error) {
        this.isDue = true;
        this.failed(error);
        await this.rest(AGAIN_MS);
      }
    }
  }

  private async lookThroughAll(): Promise<void> {
    let batches = 0;
    for (let from: string | null = '0'; from !== null && !this.isClosing;) {
      const { next, found } = await this.waiting.hearOff(from);
      batches += found;
      from = next;
      if (found > 0 && next !== null) await this.rest(STEP_EVERY_MS);
    }
    if (batches > 0) this.logger.log('What waited for a bot that is off ends now', { batches });
  }

  /** Ends early where the process closes. */
  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }

  private failed(error: unknown): void {
    // Our own connections report an outage.
    if (!(error instanceof StoreUnavailableError))
      this.logger.warn('What waits for a bot that is off cannot be looked at for now', {
        error: outageInShort(error),
      });
  }
}
