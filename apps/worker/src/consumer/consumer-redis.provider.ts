import type { FactoryProvider } from '@nestjs/common';
import { REDIS, type RedisClient, RedisConnections, waitingClient } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';

/** The connection by which a worker takes jobs and notes how far it has come with them; it waits while Redis is away. */
export const CONSUMER_REDIS = Symbol('CONSUMER_REDIS');

export const consumerRedisProvider: FactoryProvider<RedisClient> = {
  provide: CONSUMER_REDIS,
  // After `REDIS`: no job is taken before the Redis is known to be ours.
  inject: [SETTINGS, RedisConnections, REDIS],
  useFactory: (settings: Settings, connections: RedisConnections) =>
    connections.open(waitingClient(settings.redis, 'consumer')),
};
