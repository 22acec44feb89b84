import { hostname } from 'node:os';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ProcessRegistry, StoreUnavailableError } from '@app/batching';
import { finding, type Finding } from '@app/contracts';
import { DeliveryMetrics } from '../delivery/delivery.metrics';
import { BotBacklog } from './bot-backlog';
import type { Absence } from './bot-circuit';
import { BotCircuits, type NamedCircuit } from './bot-circuits';

const EVERY_MS = 250;
/** A shorter absence is not reported: a bot that limits its rate of calls is away for a second now and then. */
const STANDS_FOR_MS = 5_000;
/** Jobs put back at a time: enough to keep any bot busy, few enough to be put off again if it is away once more. */
const LOT = 100;
/** How often a worker whose bots answer looks for jobs that a dead worker parked, or that were being parked at its last look, ms. */
const LOOK_AGAIN_MS = 15_000;
/** How long to wait for a message that was asked for as a probe, ms; then the next is asked for. */
const PROBE_COMES_MS = 1_000;

/**
 * Reports that a bot is away, and that it is back. Fetches a message as a probe when that is due, and the waiting
 * messages once the bot answers.
 */
@Injectable()
export class BotWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Bot');
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> | null = null;
  /** The absences that were reported, by bot. */
  private readonly said = new Map<string, Absence>();
  /** The bots that were away at the last tick. */
  private wereAway: ReadonlySet<string> = new Set<string>();
  /** Also at the start: an earlier worker may have died while messages waited. */
  private lookAtMs = 0;
  private readonly askedForProbeAtMs = new Map<string, number>();

  constructor(
    private readonly circuits: BotCircuits,
    private readonly backlog: BotBacklog,
    private readonly processRegistry: ProcessRegistry,
    private readonly metrics: DeliveryMetrics,
  ) {
    processRegistry.reportFindings(() => this.findings);
    processRegistry.reportBot(() => circuits.hasBot);
    circuits.onProbeUnused = (bot) => this.probeAnew(bot);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tick(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.working;
  }

  /** False while only this process has lost all of its bots: it leaves jobs to the other workers. */
  mayTakeJobs(): boolean {
    return this.circuits.all.some(({ circuit }) => !circuit.leavesJobsToOthers || circuit.isProbeDue);
  }

  /** Where many parked messages were superseded, none of them may cost the others a second. */
  private probeAnew(bot: string): void {
    this.askedForProbeAtMs.delete(bot);
    if (this.timer) this.tick();
  }

  private tick(): void {
    const all = this.circuits.all;
    for (const { bot, circuit } of all)
      circuit.leavesJobsToOthers = circuit.absence !== null && this.othersHave(bot);
    this.tell(all);
    const away = all.filter(({ circuit }) => circuit.absence !== null);
    const names = new Set(away.map(({ bot }) => bot));
    // One that is back, or that was configured anew, is given at once what waits for it.
    if ([...this.wereAway].some((bot) => !names.has(bot))) this.lookAtMs = 0;
    this.wereAway = names;
    this.working ??= this.fetch(away, away.length < all.length)
      .catch((error: unknown) => this.failed(error))
      .finally(() => (this.working = null));
  }

  private async fetch(away: readonly NamedCircuit[], isAnyThere: boolean): Promise<void> {
    const now = performance.now();
    if (isAnyThere && now >= this.lookAtMs) {
      const isThere = (bot: string): boolean => away.every((named) => named.bot !== bot);
      const isMore = (await this.backlog.release(LOT, isThere)) === LOT;
      this.lookAtMs = isMore ? 0 : now + LOOK_AGAIN_MS;
    }
    for (const { bot, circuit } of away) {
      const askedAtMs = this.askedForProbeAtMs.get(bot) ?? -Infinity;
      if (!circuit.isProbeDue || now - askedAtMs < PROBE_COMES_MS) continue;
      this.askedForProbeAtMs.set(bot, now);
      await this.backlog.release(1, (other) => other === bot);
    }
  }

  private tell(all: readonly NamedCircuit[]): void {
    for (const bot of this.said.keys()) if (all.every((named) => named.bot !== bot)) this.said.delete(bot);
    for (const { bot, circuit } of all) {
      const { absence } = circuit;
      const said = this.said.get(bot);
      const fields = { finding: 'bot-away', ...ofCompany(bot) };
      if (absence && !said && circuit.nowMs - absence.sinceMs >= STANDS_FOR_MS) {
        this.said.set(bot, absence);
        const { error } = absence;
        this.logger.warn(
          'The bot is away: messages wait for it, and no attempt is counted; it is asked again by itself',
          { ...fields, error },
        );
      } else if (!absence && said) {
        const awayMs = circuit.nowMs - said.sinceMs;
        this.said.delete(bot);
        this.logger.warn('The bot is back: what waited for it is delivered', { ...fields, awayMs });
      }
    }
    this.metrics.botsAway(this.said.size);
  }

  private get findings(): Finding[] {
    return [...this.said].map(([bot, { sinceMs, error }]) => {
      const company = bot === '' ? null : bot;
      return Object.assign(
        finding('bot-away', { company, host: hostname(), sinceAt: sinceMs, error }),
        ofCompany(bot),
      );
    });
  }

  private othersHave(bot: string): boolean {
    return this.processRegistry.others.some(
      ({ roles, findings = [] }) =>
        roles.includes('worker') &&
        findings.every(({ code, company = '' }) => code !== 'bot-away' || company !== bot),
    );
  }

  private failed(error: unknown): void {
    // Our own connections report an outage; the next tick tries again.
    if (!(error instanceof StoreUnavailableError))
      this.logger.warn('What waits for the bot could not be fetched for now', { error: String(error) });
  }
}

function ofCompany(bot: string): { company?: string } {
  return bot === '' ? {} : { company: bot };
}
