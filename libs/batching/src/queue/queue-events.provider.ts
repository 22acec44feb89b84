import type { FactoryProvider } from '@nestjs/common';
import { QueueEvents } from 'bullmq';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { waitingClient } from '../redis/connection';
import { RedisConnections } from '../redis/redis-connections';
import { REDIS } from '../redis/redis.tokens';
import { QUEUE_EVENTS, queueOptions } from './queue';

/** Read once somebody runs them. */
export const queueEventsProvider: FactoryProvider<QueueEvents> = {
  provide: QUEUE_EVENTS,
  inject: [RedisConnections, SETTINGS, REDIS],
  useFactory: async (connections: RedisConnections, settings: BatchingSettings) => {
    const connection = await connections.open(waitingClient(settings.redis, 'queue-events'));
    const { name, ...options } = queueOptions(settings, connection);
    return new QueueEvents(name, { ...options, autorun: false });
  },
};
