import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Logger } from '@nestjs/common';
import type { BatchStore } from '../batch-store';
import { beat } from '../scripts/beat';
import { leave } from '../scripts/leave';
import type { SeenProcess } from '../scripts/processes.fragment';
import { HEARTBEAT } from './liveness';
import type { ProcessCard } from './process-card';

/** Shows this process on its Redis again and again, and hears each time who else is alive. */
export class Heartbeat {
  readonly id = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private readonly logger = new Logger('MeetingPoint');
  private beating: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private ended = false;

  constructor(
    private readonly store: BatchStore,
    private readonly card: () => ProcessCard,
    private readonly hear: (alive: SeenProcess[]) => void,
  ) {}

  /** Resolves after the first beat, or the first attempt. */
  start(): Promise<void> {
    this.beating = this.beat();
    return this.beating;
  }

  /** Takes the heartbeat back; who is alive without it, null where Redis did not say. */
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
      this.hear(
        await this.store.runner.run(beat, this.keys(), { aliveMs: HEARTBEAT.aliveMs, id: this.id, card }),
      );
    } catch (error) {
      // Whoever needs Redis says that it is away; a heartbeat only tries again.
      this.logger.debug('No heartbeat for now', { error: String(error) });
    }
    if (this.ended) return;
    const next = (): void => {
      this.beating = this.beat();
    };
    this.timer = setTimeout(next, HEARTBEAT.everyMs).unref();
  }

  private keys(): Record<'processes' | 'cards', string> {
    const { processes, processCards } = this.store.partitions.home;
    return { processes, cards: processCards };
  }
}
