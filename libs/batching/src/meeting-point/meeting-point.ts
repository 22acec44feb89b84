import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { BatchStore } from '../batch-store';
import { placeOf } from '../redis/ready';
import { beat } from '../scripts/beat';
import { leave } from '../scripts/leave';
import type { SeenProcess } from '../scripts/processes.fragment';
import { type Finding, findingsOf } from './findings';
import { FindingsLog } from './findings.log';
import { HEARTBEAT } from './heartbeat';
import { cardOf, parseCard, type ProcessCard, type Role } from './process-card';

/** A role of a process that is alive on this Redis. */
export interface Processor {
  id: string;
  role: Role;
  host: string;
  /** How long ago it was last seen, ms. */
  lastSeenMs: number;
}

/** Where the processes of one Redis see each other: shows this one by heartbeats, and knows who else is alive. */
@Injectable()
export class MeetingPoint implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MeetingPoint.name);
  private readonly id = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private readonly roles = new Set<Role>();
  private readonly log = new FindingsLog();
  private seen: SeenProcess[] = [];
  private seenAtMs = 0;
  private beating: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private leaving: Promise<ProcessCard[] | null> | null = null;

  constructor(private readonly store: BatchStore) {}

  /** Says, while the process is put together, what it does. */
  takeRole(role: Role): void {
    this.roles.add(role);
  }

  /** Whoever is alive, this process included, as of the last heartbeat; one entry for each role. */
  get processors(): Processor[] {
    const sinceMs = Math.round(performance.now() - this.seenAtMs);
    return this.seen.flatMap(({ id, ageMs, card }) => {
      const { roles = [], host = '' } = parseCard(card) ?? {};
      return roles.map((role) => ({ id, role, host, lastSeenMs: ageMs + sinceMs }));
    });
  }

  /** What is wrong between the processes, as of the last heartbeat. */
  get findings(): Finding[] {
    const others = cardsOf(this.seen.filter(({ id }) => id !== this.id));
    return findingsOf(this.card(), others, placeOf(this.store.redis));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.beat();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.leave();
  }

  /**
   * Takes this process's heartbeat back, once and for good.
   *
   * @returns who is alive without it; null where Redis did not say.
   */
  leave(): Promise<ProcessCard[] | null> {
    this.leaving ??= this.takeLeave();
    return this.leaving;
  }

  private async beat(): Promise<void> {
    this.beating = this.show();
    await this.beating;
    if (!this.leaving) this.timer = setTimeout(() => void this.beat(), HEARTBEAT.everyMs).unref();
  }

  private async show(): Promise<void> {
    const { runner, keys } = this.store;
    try {
      this.seen = await runner.run(
        beat,
        { processes: keys.processes, cards: keys.processCards },
        { aliveMs: HEARTBEAT.aliveMs, id: this.id, card: JSON.stringify(this.card()) },
      );
      this.seenAtMs = performance.now();
      this.log.update(this.findings, this.seenAtMs);
    } catch (error) {
      // Whoever needs Redis says that it is away; a heartbeat only tries again.
      this.logger.debug('No heartbeat for now', { error: String(error) });
    }
  }

  private async takeLeave(): Promise<ProcessCard[] | null> {
    if (this.timer) clearTimeout(this.timer);
    // A beat still under way would bring the process back.
    await this.beating;
    const { runner, keys } = this.store;
    try {
      const others = await runner.run(
        leave,
        { processes: keys.processes, cards: keys.processCards },
        { aliveMs: HEARTBEAT.aliveMs, id: this.id },
      );
      return cardsOf(others);
    } catch (error) {
      this.logger.warn('Heartbeat could not be taken back; it ends by itself', { error: String(error) });
      return null;
    }
  }

  private card(): ProcessCard {
    return cardOf(this.store.settings, this.roles);
  }
}

function cardsOf(seen: readonly SeenProcess[]): ProcessCard[] {
  return seen.map(({ card }) => parseCard(card)).filter((card) => card !== null);
}
