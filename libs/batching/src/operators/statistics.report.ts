import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { BatchStore } from '../store/batch-store';
import { Audit } from './audit';
import { StatisticsReader } from './statistics';

const EVERY_MS = 30_000;
// An audit reads every open conversation: if there are many, only one in twenty reports includes one.
const FEW_CONVERSATIONS = 10_000;
const AUDIT_EVERY = 20;

/** Logs every 30 s what is pending, so that the log alone shows whether messages arrive and leave. */
@Injectable()
export class StatisticsReport {
  private readonly logger = new Logger('Statistics');
  private reports = 0;

  constructor(
    private readonly statistics: StatisticsReader,
    private readonly store: BatchStore,
    private readonly auditor: Audit,
  ) {}

  @Interval(EVERY_MS)
  async report(): Promise<void> {
    try {
      const { pending, messages, claimed, due, deadLetters, setAside, oldestAgeMs, totals, balance } =
        await this.statistics.read();
      this.logger.log(`Found ${pending} pending batches`, {
        messages,
        claimed,
        due,
        deadLetters,
        setAside,
        oldestAgeMs,
        ...totals,
        balance,
      });
      const overdueMs = this.store.settings.memory.idleTtlS * 1000;
      if (oldestAgeMs > overdueMs) {
        this.logger.warn(
          `The oldest batch is overdue: pending for ${oldestAgeMs} ms; it will still be delivered`,
        );
      }
      await this.audit(pending);
    } catch (error) {
      this.logger.warn('No statistics for now', {
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }

  private async audit(openConversations: number): Promise<void> {
    this.reports += 1;
    if (openConversations > FEW_CONVERSATIONS && this.reports % AUDIT_EVERY !== 1) return;
    const { ok, counted, accounted, tolerance } = await this.auditor.run();
    if (!ok) this.logger.error('The accounts and the lists disagree', { counted, accounted, tolerance });
  }
}
