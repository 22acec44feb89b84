import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import {
  type MergedMessage,
  queueOptions,
  type RedisClient,
  SETTINGS,
  type Settings,
  waitingClient,
} from '@app/batching';
import { type Job, Worker } from 'bullmq';

/** Consumes merged messages by printing them, in the place of a bot. */
@Injectable()
export class MergedMessagePrinter implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Bot');
  private worker?: Worker<MergedMessage>;
  private connection?: RedisClient;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  onApplicationBootstrap(): void {
    // A consumer blocks and waits: it has a connection of its own, without the time-outs of ours.
    this.connection = waitingClient(this.settings.redis, 'consumer');
    const { name, ...options } = queueOptions(this.settings, this.connection);
    this.worker = new Worker(name, (job) => this.print(job), options);
    this.worker.on('error', (error) => this.logger.debug(`Consumer: ${error.message}`));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker?.close();
    this.connection?.disconnect();
  }

  private print({ data }: Job<MergedMessage>): Promise<void> {
    this.logger.log(`Merged message for ${data.phone ?? data.conversationId}: ${data.text}`, {
      batchId: data.batchId,
      messageCount: data.messageCount,
      flushReason: data.flushReason,
    });
    return Promise.resolve();
  }
}
