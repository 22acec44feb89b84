import { type FactoryProvider, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { queueOptions, type RedisClient } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import type { BotJob } from '../bot/bot';
import { MergedMessageProcessor } from '../merged-message.processor';
import { ClosingWorker } from './closing-worker';
import { CONSUMER_REDIS } from './consumer-redis.provider';
import { RedisClock } from './redis-clock';

// A killed worker's lock ends after at most 10 s, and the next look for such jobs is at most 5 s away.
const LOCK_MS = 10_000;
const LOOK_FOR_STALLED_MS = 5_000;

const logger = new Logger('Worker');

/** `@Processor` would need the queue's name, which is a setting, and would make BullMQ's own class. */
export const closingWorkerProvider: FactoryProvider<ClosingWorker> = {
  provide: ClosingWorker,
  inject: [MergedMessageProcessor, SETTINGS, CONSUMER_REDIS, RedisClock],
  useFactory: (
    processor: MergedMessageProcessor,
    settings: Settings,
    connection: RedisClient,
    clock: RedisClock,
  ) => {
    const { name, ...options } = queueOptions(settings, connection);
    const worker = new ClosingWorker(
      name,
      (job: Job<BotJob>, token, signal) => processor.process(job, token, signal),
      {
        ...options,
        // `Consumer` starts it after everything else, so that a process that does not come up takes no message.
        autorun: false,
        concurrency: settings.bot.concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: LOOK_FOR_STALLED_MS,
        // By default the second death of a worker fails its jobs. We count the tries ourselves.
        maxStalledCount: 1_000_000,
      },
      clock,
    );
    // An outage ends by itself, and our own connections report it.
    return worker.on('error', (error) => logger.debug(`Consumer: ${error.message}`));
  },
};
