import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { waitingClient } from './connection';
import type { RedisClient } from './redis-client';
import { RedisConnections } from './redis-connections';
import { SUBSCRIBER } from './redis.tokens';

export const subscriberProvider: FactoryProvider<RedisClient> = {
  provide: SUBSCRIBER,
  inject: [RedisConnections, SETTINGS],
  useFactory: (connections: RedisConnections, { redis }: BatchingSettings) =>
    connections.open(waitingClient(redis, 'subscriber')),
};
