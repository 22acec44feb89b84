import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { ProcessRegistry } from '../processes/process-registry';
import { BatchStore } from '../store/batch-store';
import { openConversations } from '../store/open-conversations';
import { flush } from '../store/scripts/flush';
import { unlessSetAside } from '../store/set-aside.error';
import { Sweep } from './sweep';

/**
 * Hands off everything pending at shutdown, as the predecessor did; only if `SHUTDOWN_FLUSH` asks for it, and only
 * by the last live batcher: other batchers would cut short windows that the last one still waits for.
 */
@Injectable()
export class ShutdownFlush {
  private readonly logger = new Logger(ShutdownFlush.name);

  constructor(
    private readonly store: BatchStore,
    private readonly sweep: Sweep,
    private readonly processRegistry: ProcessRegistry,
    @Inject(SETTINGS) private readonly settings: BatchingSettings,
  ) {}

  /** @param isOver true ends the flush early; what is left stays pending and safe. */
  async run(isOver: () => boolean): Promise<void> {
    if (!this.settings.sweep.shutdownFlush || !(await this.isLast())) return;
    let flushed = 0;
    for await (const conversations of openConversations(this.store)) {
      if (isOver()) break;
      await Promise.all(
        conversations.map((one) =>
          this.store.change(flush, one, {}, { reason: 'shutdown' }).catch(unlessSetAside),
        ),
      );
      flushed += conversations.length;
    }
    const { handedOff } = await this.sweep.run(isOver);
    this.logger.log(`Handed off ${handedOff} batches of ${flushed} conversations before closing`);
  }

  /** If it is not certain which batcher is the last, everything stays pending for the next one. */
  private async isLast(): Promise<boolean> {
    const others = await this.processRegistry.leave();
    if (others === null) return false;
    const heir = others.find(({ roles }) => roles.includes('batcher'));
    if (heir) this.logger.log(`Nothing is flushed: a batcher is alive on ${heir.host}`);
    return heir === undefined;
  }
}
