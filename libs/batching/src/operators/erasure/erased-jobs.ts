import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { ForwardedEvent, MergedMessage } from '@app/contracts';
import { MERGED_MESSAGES, queueKey } from '../../queue/queue';
import { BatchStore } from '../../store/batch-store';
import { fieldsOf } from '../../store/entry-fields';
import type { ErasedAt } from './erased-at';
import { keysLike, literally } from './key-scan';
import type { Person } from './person';

/** A job of a person's. */
export interface FoundJob {
  id: string;
  conversationId: string;
  /** When its batch was claimed, or its event came, ms since the epoch. */
  madeAt: number;
  /** A consumer is at work on it. */
  isActive: boolean;
}

/** Events of the queue read at once. */
const EVENTS_AT_ONCE = 1_000;

/** The jobs of a person, in whatever state, and what the queue's stream of events says of them. */
@Injectable()
export class ErasedJobs {
  constructor(
    private readonly store: BatchStore,
    @InjectQueue(MERGED_MESSAGES) private readonly queue: Queue<MergedMessage | ForwardedEvent>,
  ) {}

  /** @param erasedAt only those of before; without it, all. */
  async of(person: Person, erasedAt?: ErasedAt): Promise<FoundJob[]> {
    const found: FoundJob[] = [];
    const { keyPrefix } = this.store.settings.redis;
    const first = queueKey(this.store.settings, '');
    const pattern = `${literally(first.slice(keyPrefix.length))}*`;
    for await (const keys of keysLike(this.store, pattern, 'hash')) {
      const jobs = await Promise.all(keys.map((key) => this.read(key, key.slice(first.length), person)));
      for (const job of jobs)
        if (job !== null && (erasedAt?.isBefore(job.conversationId, job.madeAt) ?? true)) found.push(job);
    }
    return found;
  }

  /** Removes jobs; returns those that a consumer has begun meanwhile, which stay. */
  async remove(jobs: readonly FoundJob[]): Promise<FoundJob[]> {
    const begun: FoundJob[] = [];
    for (const found of jobs) {
      const job = await this.store.commands(() => this.queue.getJob(found.id));
      if (job === undefined) continue;
      try {
        await job.remove();
      } catch {
        // BullMQ removes no job that has a lock. One that is gone is what was asked for.
        if ((await this.store.commands(() => this.queue.getJob(found.id))) !== undefined) begun.push(found);
      }
    }
    return begun;
  }

  /** Deletes the queue's events of these jobs, of jobs that are gone, and those that name the person; returns how many. */
  async removeEvents(person: Person, jobs: ReadonlySet<string>): Promise<number> {
    const key = queueKey(this.store.settings, 'events');
    let removed = 0;
    for (let from = '-'; ;) {
      const entries = await this.store.commands((redis) =>
        redis.xrange(key, from, '+', 'COUNT', EVENTS_AT_ONCE),
      );
      const theirs = await Promise.all(entries.map((entry) => this.isTheirs(entry, person, jobs)));
      const ids = entries.flatMap(([id], i) => (theirs[i] ? [id] : []));
      if (ids.length > 0) removed += await this.store.commands((redis) => redis.xdel(key, ...ids));
      const last = entries.at(-1);
      if (!last || entries.length < EVENTS_AT_ONCE) return removed;
      from = `(${last[0]}`;
    }
  }

  /** What a worker noted stands in the event too: of a job that is gone nobody knows any more whose it was. */
  private async isTheirs(
    [, fields]: [string, string[]],
    person: Person,
    jobs: ReadonlySet<string>,
  ): Promise<boolean> {
    const field = fieldsOf(fields);
    const jobId = field('jobId');
    if (jobs.has(jobId) || person.isMentioned(fields.join(' '))) return true;
    if (field('event') !== 'progress') return false;
    return (await this.store.commands((redis) => redis.exists(queueKey(this.store.settings, jobId)))) === 0;
  }

  private async read(key: string, id: string, person: Person): Promise<FoundJob | null> {
    const [data, timestamp] = await this.store.commands((redis) => redis.hmget(key, 'data', 'timestamp'));
    if (!data || !person.isMentioned(data)) return null;
    const { conversationId, flushedAt } = JSON.parse(data) as Partial<MergedMessage>;
    if (conversationId === undefined || !person.isIn(conversationId)) return null;
    const isActive = (await this.store.commands((redis) => redis.exists(`${key}:lock`))) === 1;
    return { id, conversationId, madeAt: flushedAt ?? Number(timestamp), isActive };
  }
}
