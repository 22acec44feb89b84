import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnModuleInit,
} from '@nestjs/common';
import { BatchStore, CompanySettings, outageInShort, ProcessRegistry } from '@app/batching';
import { SETTINGS } from '@app/config';
import { finding, type Finding } from '@app/contracts';
import { CompaniesMetrics } from '../companies/companies.metrics';
import type { Fault } from '../companies/fault';
import type { Settings } from '../settings';
import { checkOverlay, ROOT } from './check-overlay';
import type { KeptOverlay, Overlay } from './overlays';

/** How often it is asked whether something has changed, ms: in effect within a second, with half of it to spare. */
const LOOK_EVERY_MS = 500;

/** All of them are read by every process. */
const LONGEST_BYTES = 8_192;

/** What came of giving a company settings; all but `given`: nothing changed. */
export type GivenOutcome = 'given' | 'changed' | 'too-many' | { readonly faults: readonly Fault[] };

/** Goes by the settings that operators give companies while the processes run, and gives them. */
@Injectable()
export class RunTimeSettings implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('RunTimeSettings');
  private readonly kept: CompanySettings;
  private readonly companies: Settings['companies'];
  private version: string | null = null;
  private looking: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    store: BatchStore,
    @Inject(SETTINGS) settings: Settings,
    processRegistry: ProcessRegistry,
    private readonly metrics: CompaniesMetrics,
  ) {
    this.kept = new CompanySettings(store);
    this.companies = settings.companies;
    processRegistry.reportFindings(() => this.findings);
  }

  /**
   * Before anything else begins: a bot that is off must not be called by a process that does not know it yet.
   *
   * @throws StoreUnavailableError if Redis does not answer.
   */
  async onModuleInit(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => this.lookAgain(), LOOK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /**
   * Gives a company settings in the place of those that it was given before; here they are in effect when this resolves.
   *
   * @param versions of what it was given before, at least one of which must still hold; empty: whatever it is.
   * @throws StoreUnavailableError if Redis cannot serve now; then they may be in effect or not.
   */
  async give(company: string, overlay: KeptOverlay, versions: string): Promise<GivenOutcome> {
    const faults: Fault[] = [];
    const text = JSON.stringify(overlay);
    if (Buffer.byteLength(text) > LONGEST_BYTES)
      faults.push({ path: [ROOT], problem: `must not be longer than ${LONGEST_BYTES} bytes` });
    else checkOverlay(overlay.settings, this.companies.groundOf(company), faults);
    if (faults.length > 0) return { faults };
    const outcome = await this.kept.set(company, text, versions);
    await this.lookAfresh();
    return outcome === 'too-many' || outcome === 'changed' ? outcome : 'given';
  }

  /**
   * Takes back what a company was given.
   *
   * @param versions as `give` has them.
   * @returns `unknown`: it was given nothing. `changed`: nothing is taken back.
   * @throws StoreUnavailableError as `give` does.
   */
  async takeBack(company: string, versions: string): Promise<'taken' | 'unknown' | 'changed'> {
    const outcome = await this.kept.set(company, '', versions);
    await this.lookAfresh();
    return outcome === 'unknown' || outcome === 'changed' ? outcome : 'taken';
  }

  /** A look that began before a change may not have seen it. */
  private async lookAfresh(): Promise<void> {
    await this.looking?.catch(() => undefined);
    await this.look();
  }

  /** While Redis is away, what was last read stays in effect. */
  private lookAgain(): void {
    if (this.looking) return;
    this.look().catch((error: unknown) => {
      this.logger.debug('Settings at run time cannot be read for now', { error: outageInShort(error) });
    });
  }

  private look(): Promise<void> {
    this.looking ??= this.read().finally(() => (this.looking = null));
    return this.looking;
  }

  private async read(): Promise<void> {
    const kept = await this.kept.readIfChanged(this.version);
    if (kept === null) return;
    const { overlays } = this.companies;
    const before = new Set(overlays.all.map(([, overlay]) => overlay));
    this.companies.overlay(kept.byCompany);
    this.version = kept.version;
    for (const [company, overlay] of overlays.all) if (!before.has(overlay)) this.warnOf(company, overlay);
    const botsOff = overlays.all.filter(([, { isOff }]) => isOff).length;
    this.metrics.showRunTime(overlays.size, botsOff);
    if (!kept.isReadable)
      this.logger.warn(
        `Settings at run time cannot be read, and none is in effect: ${this.kept.key} is no hash in Redis, so somebody has written it by hand. DEL it, and give companies their settings again`,
      );
    else if (kept.version !== '')
      this.logger.log('Settings at run time read', { companies: overlays.size, botsOff });
  }

  /** Others' settings are in effect all the same. */
  private warnOf(company: string, { problems, isOff }: Overlay): void {
    const [first] = problems;
    if (first === undefined) return;
    const but = isOff ? ', but for its bot, which is off' : '';
    this.logger.warn(
      `What the company ${company} was given at run time is not in effect${but}: ${first}. PUT what fits, or DELETE, /admin/companies/${company}/settings`,
      { problems },
    );
  }

  private get findings(): Finding[] {
    return this.companies.overlays.all
      .filter(([, { problems }]) => problems.length > 0)
      .map(([company, { problems }]) => {
        const [first = ''] = problems;
        const found = finding('company-settings', { company, problems: problems.length, first });
        return Object.assign(found, { company });
      });
  }
}
