import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Logger } from '@nestjs/common';
import { outageInShort } from '../redis/outage';
import type { BatchStore } from '../store/batch-store';
import { beat } from '../store/scripts/beat';
import { leave } from '../store/scripts/leave';
import type { SeenProcess } from '../store/scripts/processes.fragment';
import { HEARTBEAT } from './liveness';
import type { ProcessCard } from './process-card';

/** Records this process on its Redis again and again, and learns each time which others are alive. */
export class Heartbeat {
  readonly id = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private readonly logger = new Logger('ProcessRegistry');
  private beating: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private ended = false;
  private failing: { sinceMs: number; why: string } | null = null;
  private isSaid = false;

  constructor(
    private readonly store: BatchStore,
    private readonly card: () => ProcessCard,
    private readonly hear: (alive: SeenProcess[]) => Promise<void>,
  ) {}

  /** Why none of the last beats was accepted, once the others consider this process gone; null while they do not. */
  get trouble(): string | null {
    const { failing } = this;
    return failing && performance.now() - failing.sinceMs >= HEARTBEAT.aliveMs ? failing.why : null;
  }

  /** Resolves after the first beat, or the first attempt. */
  start(): Promise<void> {
    this.beating = this.beat();
    return this.beating;
  }

  /** Removes the heartbeat; resolves with the processes that are alive without it, null if Redis did not answer. */
  async end(): Promise<SeenProcess[] | null> {
    this.ended = true;
    if (this.timer) clearTimeout(this.timer);
    // A beat still under way would bring the process back.
    await this.beating;
    try {
      return await this.store.runner.run(leave, this.keys(), { aliveMs: HEARTBEAT.aliveMs, id: this.id });
    } catch (error) {
      this.logger.warn('Heartbeat could not be taken back; it ends by itself', { error: String(error) });
      return null;
    }
  }

  private async beat(): Promise<void> {
    try {
      const card = JSON.stringify(this.card());
      await this.hear(
        await this.store.runner.run(beat, this.keys(), { aliveMs: HEARTBEAT.aliveMs, id: this.id, card }),
      );
      this.failing = null;
      if (this.isSaid) this.logger.log('Redis takes again what this process writes');
      this.isSaid = false;
    } catch (error) {
      this.logger.debug('No heartbeat for now', { error: String(error) });
      this.failing = { sinceMs: this.failing?.sinceMs ?? performance.now(), why: outageInShort(error) };
      this.sayTrouble();
    }
    if (this.ended) return;
    const next = (): void => {
      this.beating = this.beat();
    };
    this.timer = setTimeout(next, HEARTBEAT.everyMs).unref();
  }

  /** Once per outage: a server may answer and accept nothing, and then no lost connection would be logged. */
  private sayTrouble(): void {
    if (this.trouble === null || this.isSaid) return;
    this.isSaid = true;
    this.logger.warn(
      `Redis takes nothing that this process writes (${this.trouble}); it tries again every 2 s`,
    );
  }

  private keys(): Record<'processes' | 'cards', string> {
    const { processes, processCards } = this.store.partitions.home;
    return { processes, cards: processCards };
  }
}
