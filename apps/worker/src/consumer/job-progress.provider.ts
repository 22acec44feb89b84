import type { FactoryProvider } from '@nestjs/common';
import { JobProgress, type RedisClient } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import { CONSUMER_REDIS } from './consumer-redis.provider';

export const jobProgressProvider: FactoryProvider<JobProgress> = {
  provide: JobProgress,
  inject: [CONSUMER_REDIS, SETTINGS],
  useFactory: (client: RedisClient, settings: Settings) => new JobProgress(client, settings),
};
