import { once } from 'node:events';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from './config/batching.settings';
import { BatchAlarm } from './hand-off/batch-alarm';
import { ShutdownFlush } from './hand-off/shutdown-flush';
import { Sweep, type SweepResult } from './hand-off/sweep';
import { StoreUnavailableError } from './redis/outage';
import type { RedisClient } from './redis/redis-client';
import { SUBSCRIBER } from './redis/redis.tokens';
import { BatchStore } from './store/batch-store';

/** How long a shutdown waits for work in hand, ms; unfinished work is taken over when its lease ends. */
const SHUTDOWN_DEADLINE_MS = 10_000;

/**
 * Hands off what is due: on every tick, when the alarm rings, and at once when asked while it works.
 *
 * States: idle → sweeping → idle; a request while sweeping is remembered and makes one more sweep, however many came.
 * Stopping ends the present sweep after the lot in hand, and starts none.
 */
@Injectable()
export class BatchProcessor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(BatchProcessor.name);
  private readonly alarm: BatchAlarm;
  private sweeping: Promise<void> | null = null;
  private requested = false;
  private stopping = false;
  private ticks = 0;
  private outage = false;

  constructor(
    private readonly sweep: Sweep,
    private readonly shutdownFlush: ShutdownFlush,
    store: BatchStore,
    @Inject(SUBSCRIBER) subscriber: RedisClient,
    @Inject(SETTINGS) private readonly settings: BatchingSettings,
  ) {
    this.alarm = new BatchAlarm(subscriber, store.partitions.home.wake, () => this.request());
  }

  onApplicationBootstrap(): void {
    this.alarm.listen();
    this.request();
  }

  /** The guarantee under timers and wake-ups: a sweep looks every `CHECK_INTERVAL`. */
  @Cron(CronExpression.EVERY_SECOND)
  tick(): void {
    this.ticks += 1;
    if ((this.ticks * 1000) % this.settings.sweep.intervalMs === 0) this.request();
  }

  /** Hands off everything that is due now, for callers that need to know when it is done. */
  runOnce(): Promise<SweepResult> {
    return this.sweep.run(() => this.stopping);
  }

  /** Asks for a sweep; requests that come while one is under way make one more. */
  request(): void {
    if (this.stopping) return;
    this.requested = true;
    this.sweeping ??= this.sweepWhileRequested().finally(() => (this.sweeping = null));
  }

  // Nest does not wait for a running cron handler, or for ours: this does, while Redis is still connected.
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.alarm.clear();
    const deadline = AbortSignal.timeout(SHUTDOWN_DEADLINE_MS);
    await Promise.race([this.finish(deadline), once(deadline, 'abort')]);
  }

  private async finish(deadline: AbortSignal): Promise<void> {
    await this.sweeping;
    await this.shutdownFlush.run(() => deadline.aborted).catch((error: unknown) => this.report(error));
  }

  private async sweepWhileRequested(): Promise<void> {
    while (this.requested && !this.stopping) {
      this.requested = false;
      try {
        const { nextInMs } = await this.runOnce();
        if (nextInMs !== null) this.alarm.set(nextInMs);
        if (this.outage) this.logger.log('Redis is back, batches are handed off again');
        this.outage = false;
      } catch (error) {
        this.report(error);
      }
    }
  }

  /** Once per outage, not once per tick; the next tick tries again. */
  private report(error: unknown): void {
    if (!(error instanceof StoreUnavailableError)) {
      this.logger.error('A sweep failed', error instanceof Error ? error.stack : String(error));
    } else if (!this.outage) {
      this.outage = true;
      this.logger.warn(`No batches are handed off for now. ${error.message}`);
    }
  }
}
