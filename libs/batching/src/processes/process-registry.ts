import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Finding } from '@app/contracts';
import { showAddress } from '../config/redis-address';
import { BatchStore } from '../store/batch-store';
import type { SeenProcess } from '../store/scripts/processes.fragment';
import { SetAside } from '../store/set-aside';
import { findingsOf } from './findings';
import { FindingsLog } from './findings.log';
import { Heartbeat } from './heartbeat';
import { cardOf, parseCard, type ProcessCard, type Role } from './process-card';
import { Unattended } from './unattended';

/** A role of a process that is alive on this Redis. */
export interface LiveRole {
  id: string;
  role: Role;
  host: string;
  /** How long ago it was last seen, ms. */
  lastSeenMs: number;
}

/** The processes of one Redis: records this one, and knows which others are alive and what is wrong. */
@Injectable()
export class ProcessRegistry implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly roles = new Set<Role>();
  private readonly log = new FindingsLog();
  private readonly heartbeat: Heartbeat;
  private alive: SeenProcess[] = [];
  private heardAtMs = 0;
  private readonly ownFindings: (() => readonly Finding[])[] = [];
  private hasBot: (() => boolean) | null = null;
  private readonly unattended: Unattended;
  private leaving: Promise<ProcessCard[] | null> | null = null;

  constructor(
    private readonly store: BatchStore,
    setAside: SetAside,
  ) {
    this.unattended = new Unattended(store, setAside);
    this.heartbeat = new Heartbeat(
      store,
      () => this.card,
      (alive) => this.hear(alive),
    );
  }

  /** Declares, while the process is put together, what it does. */
  takeRole(role: Role): void {
    this.roles.add(role);
  }

  /** Declares, while the process is put together, the findings that only it can have; each heartbeat sends them to the others. */
  reportFindings(findings: () => readonly Finding[]): void {
    this.ownFindings.push(findings);
  }

  /** Declares, while a worker is put together, whether it has a bot. */
  reportBot(hasBot: () => boolean): void {
    this.hasBot = hasBot;
  }

  /** Why Redis has accepted nothing from this process for so long that the others consider it gone; null while it does. */
  get silence(): string | null {
    return this.heartbeat.trouble;
  }

  /** The card of this process. */
  get card(): ProcessCard {
    const own = this.ownFindings.flatMap((findings) => findings());
    const card = cardOf(this.store.settings, this.roles, own);
    return this.hasBot === null ? card : Object.assign(card, { hasBot: this.hasBot() });
  }

  /** Whether any live worker has a bot; null if none says. */
  get botThere(): boolean | null {
    const said = [this.card, ...this.others].flatMap(({ hasBot }) => (hasBot === undefined ? [] : [hasBot]));
    return said.length === 0 ? null : said.includes(true);
  }

  /** The Redis that the processes share, without credentials. */
  get place(): string {
    return showAddress(this.store.settings.redis.address);
  }

  /** The live processes, this one included, as of the last heartbeat; one entry for each role. */
  get processors(): LiveRole[] {
    const sinceMs = Math.round(performance.now() - this.heardAtMs);
    return this.alive.flatMap(({ id, ageMs, card }) => {
      const { roles = [], host = '' } = parseCard(card) ?? {};
      return roles.map((role) => ({ id, role, host, lastSeenMs: ageMs + sinceMs }));
    });
  }

  /** The findings between the processes, as of the last heartbeat. */
  get findings(): Finding[] {
    const { card, others, place } = this;
    const present = new Set([card, ...others].flatMap(({ roles }) => roles));
    return [
      ...findingsOf(card, others, place),
      ...this.unattended.findings(present, place, performance.now()),
    ];
  }

  /** The cards of all other live processes, as of the last heartbeat. */
  get others(): ProcessCard[] {
    return cardsOf(this.alive.filter(({ id }) => id !== this.heartbeat.id));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.heartbeat.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.leave();
  }

  /**
   * Removes this process's heartbeat, once and for good.
   *
   * @returns the processes that are alive without it; null if Redis did not answer.
   */
  leave(): Promise<ProcessCard[] | null> {
    this.leaving ??= this.heartbeat.end().then((others) => others && cardsOf(others));
    return this.leaving;
  }

  private async hear(alive: SeenProcess[]): Promise<void> {
    this.alive = alive;
    this.heardAtMs = performance.now();
    await this.unattended.look(this.heardAtMs);
    // The worker itself logs that its bot is away, at once and once.
    const news = this.findings.filter(({ code }) => code !== 'bot-away');
    this.log.update(news, this.heardAtMs);
  }
}

function cardsOf(seen: readonly SeenProcess[]): ProcessCard[] {
  return seen.map(({ card }) => parseCard(card)).filter((card) => card !== null);
}
