import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ProcessRegistry, Turns, whileStarting } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import { BotWatch } from '../bot/bot-watch';
import { ClosingWorker } from './closing-worker';

/** How long a shutdown waits for the bot's answers, ms; the rest of its 25 s is for replies that have begun. */
const FINISH_MS = 12_000;
const CONSUME_AGAIN_MS = 1_000;

/** Starts the worker once the process is up, keeps it running, and closes it at shutdown. */
@Injectable()
export class Consumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Worker');
  private isStopping = false;

  constructor(
    private readonly worker: ClosingWorker,
    private readonly turns: Turns,
    @Inject(SETTINGS) private readonly settings: Settings,
    botWatch: BotWatch,
    processRegistry: ProcessRegistry,
  ) {
    worker.mayTakeJobs = () => botWatch.mayTakeJobs();
    processRegistry.reportFindings(() => worker.consumption.findings);
    worker.on('stalled', (batchId) => {
      this.logger.warn('Another worker died, or lost Redis, over this batch: it is taken over', { batchId });
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await whileStarting(this.settings.redis.address, () => this.turns.showWorker());
    this.consume().catch((error: unknown) => this.logger.error('The consumer ended', String(error)));
  }

  /** BullMQ's consumer ends if its first look at the queue fails; ours ends with the process. */
  private async consume(): Promise<void> {
    while (!this.isStopping) {
      await this.worker.run().catch((error: unknown) => {
        this.logger.warn('The consumer ended, and begins anew', { error: String(error) });
      });
      await pause(CONSUME_AGAIN_MS, undefined, { ref: false });
    }
  }

  /** Stops taking jobs and finishes those in hand, while Redis is still connected. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const outOfTime = setTimeout(() => this.worker.cancelAllJobs('shutting down'), FINISH_MS);
    await this.worker.close();
    clearTimeout(outOfTime);
  }
}
