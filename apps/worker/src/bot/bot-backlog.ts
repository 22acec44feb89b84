import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { BatchStore, MERGED_MESSAGES, promote } from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import type { DeliveryRecord } from '../delivery/delivery-progress';

/** How many delayed jobs are read in one round trip. */
const PAGE = 200;

/** The jobs that wait for bots that are away: any worker's delayed jobs whose progress says so. */
@Injectable()
export class BotBacklog {
  constructor(
    private readonly store: BatchStore,
    @InjectQueue(MERGED_MESSAGES) private readonly queue: Queue<MergedMessage>,
  ) {}

  /**
   * Puts back on the queue the jobs that have waited for longest, if they still wait. Jobs are parked for one span
   * each, so the job that was parked, or asked for, last is last.
   *
   * @param isFor true of the bots that are meant, by the company whose own they are; empty for the environment's.
   * @returns how many there were; fewer than the limit if there are no more.
   * @throws StoreUnavailableError if Redis cannot serve now; the jobs that were put back stay so.
   */
  async release(limit: number, isFor: (bot: string) => boolean): Promise<number> {
    let released = 0;
    for (let start = 0; released < limit;) {
      const ids = await this.delayed(start);
      const parked = await this.parkedAmong(ids, isFor);
      const next = parked.slice(0, limit - released);
      // If one has left the list meanwhile, another worker already has it, which is fine.
      await Promise.all(next.map((id) => promote(this.queue, id)));
      released += next.length;
      if (ids.length < PAGE) break;
      // The jobs that were put back have left the list.
      start += PAGE - next.length;
    }
    return released;
  }

  private delayed(start: number): Promise<string[]> {
    return this.store.commands((redis) =>
      redis.zrange(this.queue.toKey('delayed'), String(start), String(start + PAGE - 1)),
    );
  }

  private async parkedAmong(ids: readonly string[], isFor: (bot: string) => boolean): Promise<string[]> {
    const progress = await this.store.commands((redis) =>
      Promise.all(ids.map((id) => redis.hget(this.queue.toKey(id), 'progress'))),
    );
    return ids.filter((_, i) => {
      const bot = botAwaited(progress[i] ?? null);
      return bot !== null && isFor(bot);
    });
  }
}

/** The bot that a job waits for; null if it waits for none. Another consumer may note anything on a job. */
function botAwaited(progress: string | null): string | null {
  try {
    const { awaiting } = (JSON.parse(progress ?? 'null') ?? {}) as Partial<DeliveryRecord>;
    return awaiting?.isParked === true ? (awaiting.bot ?? '') : null;
  } catch {
    return null;
  }
}
