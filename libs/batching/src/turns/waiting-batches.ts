import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type Conversation, type MergedMessage, parseConversationId } from '@app/contracts';
import { promote } from '../queue/promote';
import { jobKey, MERGED_MESSAGES, queueKey } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { isMuted } from './muted';

/** The shortest mute, ms: a batch that is put off for no longer finds it in force when it comes back. */
export const SHORTEST_MUTE_MS = 60_000;

/** Without turns, a conversation's batches wait for a bot that is away one behind the other; so many of them are looked for. */
const MOST_IN_A_ROW = 100;

/** So many of what was put off are looked at in one step. */
const STEP = 100;

/** A step of a look through everything that was put off. */
export interface Look {
  /** Where the next step begins; null: it is through. */
  next: string | null;
  /** How many were put back on the queue. */
  found: number;
}

interface WaitingJob {
  data: Pick<MergedMessage, 'conversationId' | 'follows'>;
  /** A reply was given to its sender: the others follow, each behind its pause. */
  isBeingSent: boolean;
}

/** Batches that were put off, for a bot that is away or for the next try, when an operator says that the bot is not to be called. */
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

  /**
   * A company's bot was switched off: the same for all that waits for it, one step of a look through everything that was put off.
   *
   * @param from where the step before ended; `0` to begin.
   * @throws StoreUnavailableError if Redis cannot serve now; it may be begun anew.
   */
  async hearOff(from: string): Promise<Look> {
    const delayed = queueKey(this.store.settings, 'delayed');
    const [next, found] = await this.store.commands((redis) => redis.zscan(delayed, from, 'COUNT', STEP));
    const ids = found.filter((_, i) => i % 2 === 0);
    const off = await this.ofBotsOff(ids);
    await Promise.all(off.map((batchId) => promote(this.queue, batchId)));
    return { next: next === '0' ? null : next, found: off.length };
  }

  /** The same for one batch that was just put off: the order may have come while its worker had it. */
  async hearMuteBefore(batchId: string): Promise<void> {
    const job = await this.read(batchId);
    if (job === null) return;
    const conversation = parseConversationId(job.data.conversationId);
    if (this.isOff(conversation) || (await isMuted(this.store, conversation)))
      await this.lookAgain(batchId, job);
  }

  private async ofBotsOff(ids: readonly string[]): Promise<string[]> {
    const jobs = await Promise.all(ids.map((id) => this.read(id)));
    return ids.filter((_, i) => {
      const { isBeingSent = true, data = null } = jobs[i] ?? {};
      return !isBeingSent && isOfOurs(data) && this.isOff(parseConversationId(data.conversationId));
    });
  }

  private isOff({ companyId }: Conversation): boolean {
    return this.store.settings.isBotOff(companyId);
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

/** Other programs may put jobs on the queue. */
function isOfOurs(data: unknown): data is WaitingJob['data'] {
  return typeof (data as Partial<WaitingJob['data']> | null)?.conversationId === 'string';
}

/** Another consumer may note anything on a job. */
function isBeingSent(progress: string | null): boolean {
  const { sent, handed } = (JSON.parse(progress ?? 'null') ?? {}) as { sent?: unknown; handed?: unknown };
  return (Array.isArray(sent) && sent.length > 0) || (typeof handed === 'number' && handed > 0);
}
