import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { BatchService } from './batch.service';
import { BatchStore } from './batch-store';

const EVERY_MS = 30_000;

/** Logs every 30 s what is pending, so that a log alone tells whether messages arrive and leave. */
@Injectable()
export class StatisticsReport {
  private readonly logger = new Logger('Statistics');

  constructor(
    private readonly batches: BatchService,
    private readonly store: BatchStore,
  ) {}

  @Interval(EVERY_MS)
  async report(): Promise<void> {
    try {
      const { pending, messages, claimed, due, deadLetters, oldestAgeMs, totals, balance } =
        await this.batches.statistics();
      this.logger.log(`Found ${pending} pending batches`, {
        messages,
        claimed,
        due,
        deadLetters,
        oldestAgeMs,
        ...totals,
        balance,
      });
      const overdueMs = this.store.settings.memory.lingerS * 1000;
      if (oldestAgeMs > overdueMs) {
        this.logger.warn(
          `The oldest batch is overdue: pending for ${oldestAgeMs} ms; it will still be delivered`,
        );
      }
    } catch (error) {
      this.logger.warn('No statistics for now', {
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
