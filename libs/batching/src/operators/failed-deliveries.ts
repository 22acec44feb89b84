import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ErrorCode, type Job, type Queue } from 'bullmq';
import {
  type MergedMessage,
  type MergedPart,
  type ForwardedEvent,
  parseConversationId,
} from '@app/contracts';
import { MERGED_MESSAGES } from '../queue/queue';
import { asOutage } from '../redis/outage';
import { BatchStore } from '../store/batch-store';

/** A merged message, or an event, that could not be delivered to the bot: a failed job of any consumer. */
export interface FailedDelivery {
  batchId: string;
  conversationId: string;
  error: string;
  /** ms since the epoch. */
  buriedAt: number;
  messages: MergedPart[];
  /** What its consumer has noted on the job. */
  progress: unknown;
}

/** A page of failed deliveries; `cursor` asks for the next, null if there is none. */
export interface FailedDeliveryPage {
  items: FailedDelivery[];
  cursor: string | null;
}

/** The worker's dead letters: failed jobs of the queue, listed, redriven, deleted. */
@Injectable()
export class FailedDeliveries {
  constructor(
    private readonly store: BatchStore,
    @InjectQueue(MERGED_MESSAGES) private readonly queue: Queue<MergedMessage | ForwardedEvent>,
  ) {}

  /** Newest first; if one is redriven or deleted between two pages, none of the others is missed. */
  async page(limit: number, cursor: string | null): Promise<FailedDeliveryPage> {
    const start = cursor === null ? 0 : await this.rankAfter(cursor);
    const failed = this.queue.toKey('failed');
    const jobs = await this.store.commands(async (redis) => {
      const ids = await redis.zrevrange(failed, start, start + limit - 1);
      return Promise.all(ids.map((id) => this.queue.getJob(id)));
    });
    const items = jobs.filter((job) => job !== undefined).map(describe);
    const last = items.at(-1);
    return { items, cursor: jobs.length === limit && last ? `${last.buriedAt} ${last.batchId}` : null };
  }

  /** One of them; null if no failed job has this id. */
  async read(batchId: string): Promise<FailedDelivery | null> {
    const job = await this.find(batchId);
    return job === null ? null : describe(job);
  }

  /** Puts a failed job back on the queue, under its own id. */
  async redrive(batchId: string): Promise<'redriven' | 'unknown'> {
    return (await this.act(batchId, (job) => job.retry('failed'))) === null ? 'unknown' : 'redriven';
  }

  /**
   * Deletes a failed job; returns how many messages it held, 0 if there was none. `unsettled`: its batcher has not recorded
   * the hand-off; if the job were gone by then, it would be added again.
   */
  async discard(batchId: string): Promise<number | 'unsettled'> {
    const job = await this.find(batchId);
    if (job === null) return 0;
    const { batch } = await this.store.stateOf(parseConversationId(job.data.conversationId));
    if (batch === batchId) return 'unsettled';
    const held = await this.act(batchId, (one) => one.remove());
    // An event holds no message, but counts as one.
    return held === null ? 0 : 'messageCount' in held ? held.messageCount : 1;
  }

  /** Null if no failed job has this id, or another call was quicker. */
  private async act(
    batchId: string,
    change: (job: Job<MergedMessage | ForwardedEvent>) => Promise<void>,
  ): Promise<MergedMessage | ForwardedEvent | null> {
    const job = await this.find(batchId);
    if (job === null) return null;
    try {
      await change(job);
      return job.data;
    } catch (error) {
      // Another call was quicker; it may have died again by now.
      if (isMoved(error) || (await this.find(batchId)) === null) return null;
      throw asOutage(error);
    }
  }

  private find(batchId: string): Promise<Job<MergedMessage | ForwardedEvent> | null> {
    return this.store.commands(async () => {
      const job = await this.queue.getJob(batchId);
      return job !== undefined && (await job.isFailed()) ? job : null;
    });
  }

  /** Where the page after a job begins, even if that job is gone. */
  private async rankAfter(cursor: string): Promise<number> {
    const [failedAt = '', id = ''] = cursor.split(' ');
    const failed = this.queue.toKey('failed');
    return this.store.commands(async (redis) => {
      const rank = await redis.zrevrank(failed, id);
      return rank === null ? redis.zcount(failed, `(${failedAt}`, '+inf') : rank + 1;
    });
  }
}

/** True if a job is no longer in the state in which it was found. */
function isMoved(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === ErrorCode.JobNotInState;
}

function describe({
  id = '',
  data,
  failedReason,
  finishedOn,
  progress,
}: Job<MergedMessage | ForwardedEvent>): FailedDelivery {
  return {
    batchId: id,
    conversationId: data.conversationId,
    error: failedReason,
    buriedAt: finishedOn ?? 0,
    messages: 'messages' in data ? data.messages : [],
    progress,
  };
}
