import type { RegisterQueueAsyncOptions } from '@nestjs/bullmq';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { queueClient } from '../redis/connection';
import { RedisConnections } from '../redis/redis-connections';
import { REDIS } from '../redis/redis.tokens';
import { MERGED_MESSAGES, queueOptions } from './queue';

/** The queue as Nest's module for BullMQ makes it. */
export const mergedMessagesQueue: RegisterQueueAsyncOptions = {
  name: MERGED_MESSAGES,
  // After `REDIS`: BullMQ writes as soon as it is connected, and must not before this Redis is known to be ours.
  inject: [SETTINGS, RedisConnections, REDIS],
  useFactory: async (settings: BatchingSettings, connections: RedisConnections) =>
    queueOptions(settings, await connections.open(queueClient(settings.redis))),
};
