import { Logger } from '@nestjs/common';
import { finding, type Finding } from '@app/contracts';
import { queueKey } from '../queue/queue';
import { outageInShort } from '../redis/outage';
import type { BatchStore } from '../store/batch-store';
import type { SetAside } from '../store/set-aside';
import type { Role } from './process-card';

/** A job that is first in its queue for so long is taken by nobody, ms. */
const NOT_TAKEN_MS = 60_000;

/** What waits on this Redis while nobody sees to it, as of the last look. */
export class Unattended {
  private readonly logger = new Logger('ProcessRegistry');
  private setAsideCount = 0;
  private buried = 0;
  private failed = 0;
  /** Some company's batches wait for each other, or did since this process began. */
  private holdsTurns = false;
  private wantsWorker = false;
  private nextJob: { id: string; sinceMs: number } | null = null;
  private isBlind = false;

  constructor(
    private readonly store: BatchStore,
    private readonly setAside: Pick<SetAside, 'count'>,
  ) {
    store.settings.whenAny(
      ({ turns }) => turns.held,
      () => (this.holdsTurns = true),
    );
  }

  /**
   * Never rejects: one key of the wrong type, or one master of a cluster that is away, says nothing of who is alive. Until a look goes through,
   * what the last one found counts.
   */
  async look(nowMs: number): Promise<void> {
    try {
      await this.lookAtAll(nowMs);
      this.isBlind = false;
    } catch (error) {
      if (!this.isBlind)
        this.logger.warn(
          `What nobody sees to cannot be counted for now (${outageInShort(error)}): findings stay as they are`,
        );
      this.isBlind = true;
    }
  }

  private async lookAtAll(nowMs: number): Promise<void> {
    const { partitions, settings } = this.store;
    this.setAsideCount = await this.setAside.count();
    const [buried, failed, nextJob, workerSeen] = await this.store.commands((redis) =>
      Promise.all([
        Promise.all(partitions.all.map(({ deadLetters }) => redis.zcard(deadLetters))),
        redis.zcard(queueKey(settings, 'failed')),
        redis.lindex(queueKey(settings, 'wait'), -1),
        redis.exists(partitions.home.workerSeen),
      ]),
    );
    this.buried = buried.reduce((sum, count) => sum + count, 0);
    this.failed = failed;
    this.wantsWorker = this.holdsTurns && workerSeen === 1;
    if (nextJob === null) this.nextJob = null;
    else if (nextJob !== this.nextJob?.id) this.nextJob = { id: nextJob, sinceMs: nowMs };
  }

  /**
   * @param present the roles of all live processes.
   * @param place the Redis that they share, without credentials.
   */
  findings(present: ReadonlySet<Role>, place: string, nowMs: number): Finding[] {
    return [
      ...(present.has('worker') ? [] : this.noWorker(place, nowMs)),
      ...setAsideFinding(this.setAsideCount),
      ...deadLetterFindings({ batcher: this.buried, worker: this.failed }),
    ];
  }

  private noWorker(place: string, nowMs: number): Finding[] {
    const isStuck = this.nextJob !== null && nowMs - this.nextJob.sinceMs >= NOT_TAKEN_MS;
    if (!this.wantsWorker && !isStuck) return [];
    return [finding('no-worker', { place })];
  }
}

/** @param conversations how many are damaged; they stay untouched until a repair. */
function setAsideFinding(conversations: number): Finding[] {
  return conversations === 0 ? [] : [finding('set-aside', { conversations })];
}

/** Without their number, which `stats` has: the log would say it anew with each. */
function deadLetterFindings(count: { batcher: number; worker: number }): Finding[] {
  return (['batcher', 'worker'] as const)
    .filter((what) => count[what] > 0)
    .map((what) => finding('dead-letters', { what }));
}
