import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type Conversation, type MergedMessage, parseConversationId } from '@app/contracts';
import { promote } from '../queue/promote';
import { jobKey, MERGED_MESSAGES } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { isMuted } from './muted';

/** The shortest mute, ms: a batch that is put off for no longer finds it in force when it comes back. */
export const SHORTEST_MUTE_MS = 60_000;

/** Without turns, a conversation's batches wait for a bot that is away one behind the other; so many of them are looked for. */
const MOST_IN_A_ROW = 100;

interface WaitingJob {
  data: Pick<MergedMessage, 'conversationId' | 'follows'>;
  /** A reply was given to its sender: the others follow, each behind its pause. */
  isBeingSent: boolean;
}

/** Batches that were put off, for a bot that is away or for the next try, when a mute says that the bot is not to be called. */
@Injectable()
export class WaitingBatches {
  constructor(
    private readonly store: BatchStore,
    @InjectQueue(MERGED_MESSAGES) private readonly queue: Queue,
  ) {}

  /**
   * The bot was muted: what waits for it ends now, and not when it comes back by itself, for the mute may be over by then.
   *
   * @throws StoreUnavailableError if Redis cannot serve now; it may be repeated.
   */
  async hearMute(conversation: Conversation): Promise<void> {
    const home = await this.store.homeOf(conversation);
    const { turn } = await this.store.stateOf(home);
    const latest = await this.store.commands((redis) => redis.get(this.store.keysOf(home).latest(home.id)));
    if (turn !== undefined) await this.lookAgain(turn);
    let next = latest;
    for (let i = 0; next !== null && i < MOST_IN_A_ROW; i += 1) next = await this.lookAgain(next);
  }

  /** The same for one batch that was just put off: the mute may have come while its worker had it. */
  async hearMuteBefore(batchId: string): Promise<void> {
    const job = await this.read(batchId);
    if (job !== null && (await isMuted(this.store, parseConversationId(job.data.conversationId))))
      await this.lookAgain(batchId, job);
  }

  /** Lets a worker look at a batch now; returns the batch before it. */
  private async lookAgain(batchId: string, known?: WaitingJob): Promise<string | null> {
    const job = known ?? (await this.read(batchId));
    if (job !== null && !job.isBeingSent) await promote(this.queue, batchId);
    return job?.data.follows ?? null;
  }

  private async read(batchId: string): Promise<WaitingJob | null> {
    const key = jobKey(this.store.settings, batchId);
    const [data, progress] = await this.store.commands((redis) => redis.hmget(key, 'data', 'progress'));
    if (!data) return null;
    return { data: JSON.parse(data) as WaitingJob['data'], isBeingSent: isBeingSent(progress ?? null) };
  }
}

/** Another consumer may note anything on a job. */
function isBeingSent(progress: string | null): boolean {
  const { sent, handed } = (JSON.parse(progress ?? 'null') ?? {}) as { sent?: unknown; handed?: unknown };
  return (Array.isArray(sent) && sent.length > 0) || (typeof handed === 'number' && handed > 0);
}
