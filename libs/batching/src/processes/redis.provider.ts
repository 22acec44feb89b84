import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { commandClient } from '../redis/connection';
import type { RedisClient } from '../redis/redis-client';
import { RedisConnections } from '../redis/redis-connections';
import { REDIS } from '../redis/redis.tokens';
import { admit } from './admit';

/** Given to nobody before this Redis is known to be ours. */
export const redisProvider: FactoryProvider<RedisClient> = {
  provide: REDIS,
  inject: [RedisConnections, SETTINGS],
  useFactory: async (connections: RedisConnections, settings: BatchingSettings) => {
    const redis = await connections.open(commandClient(settings.redis, 'commands'));
    await admit(redis, settings);
    return redis;
  },
};
