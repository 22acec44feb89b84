import { Injectable, Logger } from '@nestjs/common';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import {
  JobLostError,
  JobProgress,
  LateReplies,
  SHORTEST_MUTE_MS,
  StoreUnavailableError,
  WaitingBatches,
} from '@app/batching';
import { TURN_ENDED } from '@app/contracts';
import type { BotJob } from './bot/bot';
import { Delivery } from './delivery/delivery';
import type { DeliveryOutcome } from './delivery/delivery-outcome';
import { DeliveryProgress } from './delivery/delivery-progress';
import { DeliveryMetrics } from './delivery/delivery.metrics';
import { isOurs } from './delivery/is-ours';

/** Delay after a fault of ours, or of Redis, ms. */
const FAULT_DELAY_MS = 5_000;

/** Works on jobs, merged messages and events. It decides when a job is tried again, whatever the job's options say. */
@Injectable()
export class MergedMessageProcessor {
  private readonly logger = new Logger('Worker');

  constructor(
    private readonly delivery: Delivery,
    private readonly progress: JobProgress,
    private readonly lateReplies: LateReplies,
    private readonly waiting: WaitingBatches,
    private readonly metrics: DeliveryMetrics,
  ) {}

  async process(job: Job<BotJob>, token?: string, signal?: AbortSignal): Promise<object> {
    const outcome = await this.deliver(job, signal);
    this.metrics.delivered(outcome);
    switch (outcome.kind) {
      case 'delivered':
      case 'superseded':
      case 'muted':
      case 'late':
        this.logger.log('Delivery ended', { batchId: job.id, outcome: outcome.kind });
        return { ...TURN_ENDED, outcome: outcome.kind };
      case 'lost':
        this.logger.warn('Another worker has this job by now, and goes on with it', { batchId: job.id });
        throw new DelayedError();
      case 'later':
        return this.putOff(job, outcome, token);
      case 'dead':
        this.logger.error('Delivery became a dead letter; redrive it when the cause is mended', {
          batchId: job.id,
          error: outcome.reason,
        });
        throw new UnrecoverableError(outcome.reason);
    }
  }

  private async deliver(job: Job<BotJob>, signal?: AbortSignal): Promise<DeliveryOutcome> {
    if (!isOurs(job)) {
      return {
        kind: 'dead',
        reason: `nothing of version 1 to tell a bot under the id of its job, but one named ${job.name}`,
      };
    }
    try {
      return await this.delivery.run(job.data, new DeliveryProgress(job, this.progress), signal);
    } catch (error) {
      if (error instanceof JobLostError) return { kind: 'lost' };
      this.report(job.id, error);
      return { kind: 'later', delayMs: FAULT_DELAY_MS, why: 'retry' };
    }
  }

  /** The message is not to blame: bot and gateways never make a delivery throw. */
  private report(batchId: string | undefined, error: unknown): void {
    if (error instanceof StoreUnavailableError)
      this.logger.warn('A delivery was broken off', { batchId, error: error.message });
    else
      this.logger.error('A fault of ours broke a delivery off; it is tried again', {
        batchId,
        error: error instanceof Error ? error.stack : String(error),
      });
  }

  private async putOff(
    job: Job,
    { delayMs, why }: DeliveryOutcome & { kind: 'later' },
    token?: string,
  ): Promise<never> {
    try {
      await job.moveToDelayed(Date.now() + delayMs, token);
    } catch (error) {
      // The worker that has the job now, or that finds its lock expired, continues it.
      this.logger.warn('A job could not be put off', { batchId: job.id, error: String(error) });
    }
    // A reply that came before the job could be woken; nothing waits for that, because the job also comes back by itself.
    if (why === 'promised') this.lateReplies.wakeIfKept(job.id ?? '').catch(() => undefined);
    // A mute that came meanwhile, and may be over when the job comes back.
    if (delayMs > SHORTEST_MUTE_MS) this.waiting.hearMuteBefore(job.id ?? '').catch(() => undefined);
    throw new DelayedError();
  }
}
