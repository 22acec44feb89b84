import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import { Metrics } from '@app/platform';
import type { BatchingSettings } from '../config/batching.settings';
import type { RedisClient } from '../redis/redis-client';
import { RedisConnections } from '../redis/redis-connections';
import { observeRedis } from '../redis/redis.metrics';
import { REDIS } from '../redis/redis.tokens';
import { BatchStore } from './batch-store';

export const batchStoreProvider: FactoryProvider<BatchStore> = {
  provide: BatchStore,
  inject: [REDIS, SETTINGS, Metrics, RedisConnections],
  useFactory: (
    redis: RedisClient,
    settings: BatchingSettings,
    metrics: Metrics,
    connections: RedisConnections,
  ) => new BatchStore(redis, settings, { observe: observeRedis(metrics, connections) }),
};
