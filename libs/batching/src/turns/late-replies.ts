import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { MERGED_MESSAGE_JOB, type MergedMessage, parseConversationId } from '@app/contracts';
import { promote } from '../queue/promote';
import { jobKey, lockKey, MERGED_MESSAGES } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { keepLateReply, type KeepLateReplyOutcome } from '../store/scripts/keep-late-reply';
import { CLOSED, LATE_REPLY_FIELD } from '../store/scripts/late-reply.fragment';
import { type LateReply, readLateReply, takeLateReply } from '../store/scripts/take-late-reply';
import { Turns } from './turns';

/** `superseded`: a later batch has the messages. `muted`: the bot is not heard now. The others are those of the script. */
export type LateReplyOutcome = KeepLateReplyOutcome | 'superseded' | 'muted';

/**
 * Replies that a bot gives after its call was over. They are kept with the batch's job, and a worker commits and sends them
 * as it does with an answer to the call.
 */
@Injectable()
export class LateReplies {
  constructor(
    private readonly store: BatchStore,
    private readonly turns: Turns,
    @InjectQueue(MERGED_MESSAGES) private readonly queue: Queue,
  ) {}

  /**
   * Keeps the reply to a batch, the first one only, and lets a worker have it at once. `superseded` and `muted` may also be found
   * later, by that worker: then nothing is sent.
   *
   * @throws StoreUnavailableError if that is not known; whoever repeats it hears `duplicate`, if it was kept.
   */
  async keep(batchId: string, answer: object): Promise<LateReplyOutcome> {
    const conversationId = await this.conversationOf(batchId);
    if (conversationId === null) return 'unknown';
    const conversation = parseConversationId(conversationId);
    if (await this.turns.isSuperseded({ conversation, batchId })) return 'superseded';
    if (await this.turns.isMuted(conversation))
      return (await this.find(batchId)) === null ? 'muted' : 'duplicate';
    const job = this.keyOf(batchId);
    const outcome = await this.store.confirmed(job, () =>
      this.store.runner.run(keepLateReply, { job }, { answer: JSON.stringify(answer) }),
    );
    // Also for a repeated one: whoever brought the first may have died before this.
    if (outcome === 'kept' || outcome === 'duplicate') await promote(this.queue, batchId);
    return outcome;
  }

  /**
   * The reply that was kept for a batch; null if there is none. It may be read again.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async find(batchId: string): Promise<LateReply | null> {
    const kept = await this.store.commands((redis) => redis.hget(this.keyOf(batchId), LATE_REPLY_FIELD));
    return kept === null || kept === CLOSED ? null : readLateReply(kept);
  }

  /**
   * The same, for the worker that has the job: where there is none, one is taken from now on, also if none was before.
   *
   * @param holder the lock under which it has the job; if that is another's, nothing is changed.
   */
  open(batchId: string, holder: string): Promise<LateReply | null> {
    return this.take(batchId, { closes: false, holder });
  }

  /** The same: where there is none, none is taken any more. */
  close(batchId: string, holder: string): Promise<LateReply | null> {
    return this.take(batchId, { closes: true, holder });
  }

  /**
   * Lets a worker have a batch whose job was put off, if its reply came while that was done.
   *
   * @throws StoreUnavailableError if Redis cannot serve now; the job comes back by itself.
   */
  async wakeIfKept(batchId: string): Promise<void> {
    if ((await this.find(batchId)) !== null) await promote(this.queue, batchId);
  }

  private take(batchId: string, how: { closes: boolean; holder: string }): Promise<LateReply | null> {
    const lock = lockKey(this.store.settings, batchId);
    return this.store.runner.run(takeLateReply, { job: this.keyOf(batchId), lock }, how);
  }

  private keyOf(batchId: string): string {
    return jobKey(this.store.settings, batchId);
  }

  /** Null if the queue has no such batch. */
  private async conversationOf(batchId: string): Promise<string | null> {
    const [name, data] = await this.store.commands((redis) =>
      redis.hmget(this.keyOf(batchId), 'name', 'data'),
    );
    if (name !== MERGED_MESSAGE_JOB || !data) return null;
    return (JSON.parse(data) as MergedMessage).conversationId;
  }
}
