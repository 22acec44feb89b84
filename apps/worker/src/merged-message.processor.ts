import { setTimeout as pause } from 'node:timers/promises';
import { OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { TURN_ENDED } from '@app/contracts';
import { Turns } from '@app/batching';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import type { BotRequest } from './bot/bot';
import type { BotWatch } from './bot/bot-watch';
import type { ClosingWorker } from './closing-worker';
import type { Delivery, DeliveryOutcome } from './delivery';
import { DeliveryProgress } from './delivery-progress';
import { isOurs } from './is-ours';
import type { DeliveryMetrics } from './metrics/delivery.metrics';

/** How long a shutdown waits for the bot's answers, ms; the rest of its 25 s is for replies that have begun. */
const FINISH_MS = 12_000;
const CONSUME_AGAIN_MS = 1_000;
/** Delay after a fault of ours, or of Redis, ms. */
const FAULT_DELAY_MS = 5_000;

/** Takes merged messages and events off the queue. It decides when a job is tried again, whatever the job's options say. */
export abstract class MergedMessageProcessor
  extends WorkerHost
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger('Worker');
  private isStopping = false;

  constructor(
    private readonly delivery: Delivery,
    private readonly turns: Turns,
    private readonly botWatch: BotWatch,
    private readonly metrics: DeliveryMetrics,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.turns.showWorker();
    (this.worker as ClosingWorker).mayTakeJobs = () => this.botWatch.mayTakeJobs();
    this.consume().catch((error: unknown) => this.logger.error('The consumer ended', String(error)));
  }

  /** BullMQ's consumer ends if its first look at the queue fails; ours ends with the process. */
  private async consume(): Promise<void> {
    while (!this.isStopping) {
      await this.worker.run().catch((error: unknown) => {
        this.logger.warn('The consumer ended, and begins anew', { error: String(error) });
      });
      await pause(CONSUME_AGAIN_MS, undefined, { ref: false });
    }
  }

  override async process(job: Job<BotRequest>, token?: string, signal?: AbortSignal): Promise<object> {
    const outcome = await this.deliver(job, signal);
    this.metrics.delivered(outcome);
    switch (outcome.kind) {
      case 'delivered':
      case 'late':
        this.logger.log('Delivery ended', { batchId: job.id, outcome: outcome.kind });
        return { ...TURN_ENDED, outcome: outcome.kind };
      case 'later':
        return this.putOff(job, outcome.delayMs, token);
      case 'dead':
        this.logger.error('Delivery became a dead letter; redrive it when the cause is mended', {
          batchId: job.id,
          error: outcome.reason,
        });
        throw new UnrecoverableError(outcome.reason);
    }
  }

  private async deliver(job: Job<BotRequest>, signal?: AbortSignal): Promise<DeliveryOutcome> {
    if (!isOurs(job)) {
      return {
        kind: 'dead',
        reason: `nothing of version 1 to tell a bot under the id of its job, but one named ${job.name}`,
      };
    }
    try {
      return await this.delivery.run(job.data, new DeliveryProgress(job), signal);
    } catch (error) {
      // The message is not to blame: bot and gateways never make a delivery throw.
      this.logger.warn('A delivery was broken off', { batchId: job.id, error: String(error) });
      return { kind: 'later', delayMs: FAULT_DELAY_MS, why: 'retry' };
    }
  }

  private async putOff(job: Job, delayMs: number, token?: string): Promise<never> {
    try {
      await job.moveToDelayed(Date.now() + delayMs, token);
    } catch (error) {
      // The worker that has the job now, or that finds its lock expired, continues it.
      this.logger.warn('A job could not be put off', { batchId: job.id, error: String(error) });
    }
    throw new DelayedError();
  }

  /** Stops taking jobs and finishes those in hand, while Redis is still connected. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const outOfTime = setTimeout(() => this.worker.cancelAllJobs('shutting down'), FINISH_MS);
    await this.worker.close();
    clearTimeout(outOfTime);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    // An outage ends by itself, and our own connections report it.
    this.logger.debug(`Consumer: ${error.message}`);
  }

  @OnWorkerEvent('stalled')
  onStalled(batchId: string): void {
    this.logger.warn('Another worker died, or lost Redis, over this batch: it is taken over', { batchId });
  }
}
