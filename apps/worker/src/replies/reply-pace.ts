import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { BatchStore, MERGED_MESSAGES } from '@app/batching';
import type { CompanyId } from '@app/contracts';
import { type OutgoingMessage, pauseBeforeMs } from '@app/replies';
import { SETTINGS, type Settings } from '@app/settings';

/** How long an answer's next message is held back, so that a person seems to write it. */
@Injectable()
export class ReplyPace {
  constructor(
    private readonly store: BatchStore,
    @InjectQueue(MERGED_MESSAGES) private readonly queue: Queue,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'of'>,
  ) {}

  /**
   * The pause before a message of an answer, ms. None while other jobs wait: behind its pause a job stands behind them all,
   * and the customer would wait for them.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async pauseBeforeMs(
    companyId: CompanyId | null,
    messages: readonly OutgoingMessage[],
    index: number,
  ): Promise<number> {
    const { pace } = this.settings.of(companyId).replies;
    const pauseMs = pauseBeforeMs(messages, index, pace);
    if (pauseMs === 0) return 0;
    const waiting = await this.store.commands((redis) => redis.llen(this.queue.toKey('wait')));
    return waiting > 0 ? 0 : pauseMs;
  }
}
