import type { JobsOptions, Queue } from 'bullmq';
import { MERGED_MESSAGE_JOB, type MergedMessage } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import { KEEP_FINISHED } from '../queue/queue';
import { isRefusal } from '../redis/outage';

/**
 * The result of a hand-off. `queued`: a job of this batch's id exists. `refused`: the queue takes others but not this one.
 * `unavailable`: the queue takes none, or so much of the lease has passed that another owner may soon have the batch.
 */
export type HandOffOutcome =
  { kind: 'queued' } | { kind: 'refused'; error: Error } | { kind: 'unavailable'; error: Error };

// An owner may come back later than that, or by a clock that disagrees. BullMQ's deduplication key, set in the step that
// adds the job, stays when the job goes, and prevents a second one until the batch is settled. BullMQ drops a key without a
// TTL when the job finishes; this TTL only ends what a crash between a settle and `forget` leaves behind.
const FENCE_MS = 365 * 24 * 3_600_000;

// A queue that is silent for longer than two commands may take waits for a connection, or for nothing at all.
const SILENT_COMMANDS = 2;

class QueueSilentError extends Error {
  constructor(silenceMs: number) {
    super(`the queue gave no answer within ${silenceMs} ms`);
  }
}

/** Runs a step that writes, and resolves once enough replicas have its writes. */
export type Acknowledged = <T>(write: () => Promise<T>) => Promise<T>;

/** Options of a hand-off. */
export interface HandOffOptions {
  /** A clock that never goes back; it shows, without Redis, that this process itself overslept. */
  monotonicMs?: () => number;
  acknowledged?: Acknowledged;
}

/** Puts batches on the queue, each under its own id, so that any number of tries makes one job. */
export class HandOff {
  private readonly monotonicMs: () => number;
  private readonly acknowledged: Acknowledged;

  constructor(
    private readonly queue: Queue<MergedMessage>,
    private readonly settings: Pick<BatchingSettings, 'handOff' | 'redis'>,
    { monotonicMs = () => performance.now(), acknowledged = (write) => write() }: HandOffOptions = {},
  ) {
    this.monotonicMs = monotonicMs;
    this.acknowledged = acknowledged;
  }

  /** Hands off one lot of batches that were all claimed after `claimedAtMs`, monotonic; the results in its order. */
  async deliver(lot: readonly MergedMessage[], claimedAtMs: number): Promise<HandOffOutcome[]> {
    if (this.isLate(claimedAtMs)) return lot.map(() => tooLate());
    try {
      await this.answered(this.acknowledged(() => this.queue.addBulk(lot.map(fenced))));
      return lot.map(() => ({ kind: 'queued' }));
    } catch (error) {
      if (isRefusal(error) || error instanceof QueueSilentError) return lot.map(() => unavailable(error));
      // One bad job fails its whole bulk; tried alone, each job shows whether it was the bad one.
      const outcomes: HandOffOutcome[] = [];
      for (const message of lot) {
        outcomes.push(this.isLate(claimedAtMs) ? tooLate() : await this.addOne(fenced(message)));
      }
      return outcomes;
    }
  }

  /** True if a job of this id is on the queue, or was and is not settled, whichever process put it there. */
  async has(batchId: string): Promise<boolean> {
    const job = await this.answered(this.queue.getJob(batchId));
    return job !== undefined || (await this.answered(this.queue.getDeduplicationJobId(batchId))) !== null;
  }

  /** Settled batches are never added again, so their deduplication keys are deleted. Never rejects. */
  async forget(batchIds: readonly string[]): Promise<void> {
    const removals = batchIds.map((batchId) => this.queue.removeDeduplicationKey(batchId));
    // A key that cannot be deleted now expires by itself.
    await this.answered(Promise.allSettled(removals)).catch(() => undefined);
  }

  /** Tries once to put one batch on the queue under an id that no other batch uses. */
  add(message: MergedMessage): Promise<HandOffOutcome> {
    return this.addOne(jobOf(message));
  }

  private async addOne({ name, data, opts }: QueueJob): Promise<HandOffOutcome> {
    try {
      await this.answered(this.acknowledged(() => this.queue.add(name, data, opts)));
      return { kind: 'queued' };
    } catch (error) {
      if (isRefusal(error) || !(await this.isReachable())) return unavailable(error);
      return { kind: 'refused', error: asError(error) };
    }
  }

  /** After half the lease nothing begins: the rest must be enough to finish what has begun. */
  private isLate(claimedAtMs: number): boolean {
    return this.monotonicMs() - claimedAtMs > this.settings.handOff.leaseMs / 2;
  }

  private async isReachable(): Promise<boolean> {
    try {
      await this.answered(this.queue.count());
      return true;
    } catch {
      return false;
    }
  }

  /**
   * BullMQ waits for its connection without a limit, and a sweep that waits with it would be the last one. A call that
   * succeeds after all does no harm: an existing job is not added a second time.
   */
  private async answered<T>(call: Promise<T>): Promise<T> {
    const silenceMs = SILENT_COMMANDS * this.settings.redis.commandTimeoutMs;
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new QueueSilentError(silenceMs)), silenceMs);
    });
    return Promise.race([call, silence]).finally(() => clearTimeout(timer));
  }
}

interface QueueJob {
  name: string;
  data: MergedMessage;
  opts: JobsOptions;
}

function jobOf(data: MergedMessage): QueueJob {
  return {
    name: MERGED_MESSAGE_JOB,
    data,
    opts: { jobId: data.batchId, removeOnComplete: KEEP_FINISHED, removeOnFail: false },
  };
}

/** A job of a claim, which may be handed off again at any age. */
function fenced(data: MergedMessage): QueueJob {
  const { opts, ...job } = jobOf(data);
  return { ...job, opts: { ...opts, deduplication: { id: data.batchId, ttl: FENCE_MS } } };
}

function tooLate(): HandOffOutcome {
  return {
    kind: 'unavailable',
    error: new Error('half the lease had passed before the hand-off could begin'),
  };
}

function unavailable(error: unknown): HandOffOutcome {
  return { kind: 'unavailable', error: asError(error) };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
