import { hostname } from 'node:os';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ProcessRegistry } from '@app/batching';
import { SETTINGS } from '@app/config';
import { finding, type Finding } from '@app/contracts';
import type { Settings } from '../settings';
import type { Companies } from './companies';
import { CompaniesMetrics } from './companies.metrics';

/** How often the file is looked at, ms. It is asked for, because mounted and linked files report no change. */
const LOOK_EVERY_MS = 500;

/** Reads the companies file again when it changes; one with problems changes nothing, and is reported until it is mended. */
@Injectable()
export class CompaniesWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Companies');
  private readonly companies: Companies;
  private timer: NodeJS.Timeout | null = null;
  /** The file as it was last read, and as it was last seen. */
  private readStamp = '';
  private seenStamp = '';
  private problems: readonly string[] = [];

  constructor(
    @Inject(SETTINGS) settings: Settings,
    processRegistry: ProcessRegistry,
    private readonly metrics: CompaniesMetrics,
  ) {
    this.companies = settings.companies;
    this.show();
    processRegistry.reportFindings(() => this.findings);
  }

  onApplicationBootstrap(): void {
    if (this.companies.file === null) return;
    this.logger.log('Companies file read', { companies: this.companies.count });
    // Read while the process was put together: what changed since is read once more.
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** A file that is just being written is left until two looks find it the same. */
  look(): void {
    const { file } = this.companies;
    if (file === null) return;
    const stamp = file.stamp();
    const isSettled = stamp === this.seenStamp;
    this.seenStamp = stamp;
    if (!isSettled || stamp === this.readStamp) return;
    this.readStamp = stamp;
    this.readAgain();
  }

  private readAgain(): void {
    const { read, problems } = this.companies.file?.read() ?? { read: null, problems: [] };
    this.problems = problems;
    if (read === null) {
      const lines = problems.map((problem) => `  COMPANIES_FILE ${problem}`).join('\n');
      this.logger.error(
        `The companies file has ${problems.length} problems; what it said before stays in effect:\n${lines}`,
        { finding: 'companies-file' },
      );
    } else {
      const { added, changed, removed } = this.companies.replace(read);
      if (added + changed + removed > 0)
        this.logger.log('Companies file read again', { added, changed, removed });
    }
    this.show();
  }

  private show(): void {
    this.metrics.show(this.companies.count, this.problems.length === 0);
  }

  private get findings(): Finding[] {
    if (this.problems.length === 0) return [];
    const [first = ''] = this.problems;
    return [finding('companies-file', { host: hostname(), problems: this.problems.length, first })];
  }
}
