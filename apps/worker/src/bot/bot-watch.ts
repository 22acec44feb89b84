import { hostname } from 'node:os';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type Finding, ProcessRegistry, StoreUnavailableError } from '@app/batching';
import { DeliveryMetrics } from '../delivery/delivery.metrics';
import { BotBacklog } from './bot-backlog';
import { type Absence, BotCircuit } from './bot-circuit';

const EVERY_MS = 250;
/** A shorter absence is not reported: a bot that limits its rate of calls is away for a second now and then. */
const STANDS_FOR_MS = 5_000;
/** Jobs put back at a time: enough to keep any bot busy, few enough to be put off again if it is away once more. */
const LOT = 100;
/** How often a worker whose bot answers looks for jobs that a dead worker parked, or that were being parked at its last look, ms. */
const LOOK_AGAIN_MS = 15_000;
/** How long to wait for a message that was asked for as a probe, ms; then the next is asked for. */
const PROBE_COMES_MS = 1_000;

/**
 * Reports that the bot is away, and that it is back. Fetches a message as a probe when that is due, and the waiting
 * messages once the bot answers.
 */
@Injectable()
export class BotWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Bot');
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> | null = null;
  private said: Absence | null = null;
  /** Also at the start: an earlier worker may have died while messages waited. */
  private lookAtMs = 0;
  private askedForProbeAtMs = -Infinity;

  constructor(
    private readonly circuit: BotCircuit,
    private readonly backlog: BotBacklog,
    private readonly processRegistry: ProcessRegistry,
    private readonly metrics: DeliveryMetrics,
  ) {
    processRegistry.reportFindings(() => this.findings);
    circuit.onProbeUnused = () => this.probeAnew();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tick(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.working;
  }

  /** False while only this process has lost its bot: it leaves jobs to the other workers. */
  mayTakeJobs(): boolean {
    return !this.circuit.leavesJobsToOthers || this.circuit.isProbeDue;
  }

  /** Where many parked messages were superseded, none of them may cost the others a second. */
  private probeAnew(): void {
    this.askedForProbeAtMs = -Infinity;
    if (this.timer) this.tick();
  }

  private tick(): void {
    this.circuit.leavesJobsToOthers = this.circuit.absence !== null && this.othersHaveTheBot;
    this.tell();
    this.working ??= this.fetch()
      .catch((error: unknown) => this.failed(error))
      .finally(() => (this.working = null));
  }

  private async fetch(): Promise<void> {
    const now = performance.now();
    if (this.circuit.absence === null) {
      if (now < this.lookAtMs) return;
      const isMore = (await this.backlog.release(LOT)) === LOT;
      this.lookAtMs = isMore ? 0 : now + LOOK_AGAIN_MS;
      return;
    }
    this.lookAtMs = 0;
    if (!this.circuit.isProbeDue || now - this.askedForProbeAtMs < PROBE_COMES_MS) return;
    this.askedForProbeAtMs = now;
    await this.backlog.release(1);
  }

  private tell(): void {
    const { absence } = this.circuit;
    if (absence && !this.said && this.circuit.nowMs - absence.sinceMs >= STANDS_FOR_MS) {
      this.said = absence;
      const { error } = absence;
      this.logger.warn(
        'The bot is away: messages wait for it, and no attempt is counted; it is asked again by itself',
        { finding: 'bot-away', error },
      );
    } else if (!absence && this.said) {
      const awayMs = this.circuit.nowMs - this.said.sinceMs;
      this.said = null;
      this.logger.warn('The bot is back: what waited for it is delivered', { finding: 'bot-away', awayMs });
    }
    this.metrics.botAway(this.said !== null);
  }

  private get findings(): Finding[] {
    if (this.said === null) return [];
    return [
      {
        code: 'bot-away',
        message: `The bot has not answered the worker on ${hostname()} since ${new Date(this.said.sinceMs).toISOString()}: ${this.said.error}`,
        check:
          'See whether the bot runs, and whether BOT_URL leads to it; messages wait for it, up to BOT_OUTAGE_MAX',
      },
    ];
  }

  private get othersHaveTheBot(): boolean {
    return this.processRegistry.others.some(
      ({ roles, findings = [] }) =>
        roles.includes('worker') && findings.every(({ code }) => code !== 'bot-away'),
    );
  }

  private failed(error: unknown): void {
    // Our own connections report an outage; the next tick tries again.
    if (!(error instanceof StoreUnavailableError))
      this.logger.warn('What waits for the bot could not be fetched for now', { error: String(error) });
  }
}
