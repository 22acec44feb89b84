import { Global, Module } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { admit } from './admit';
import { commandClient } from '../redis/connection';
import { RedisConnections } from '../redis/redis-connections';
import { REDIS } from '../redis/redis.tokens';

/** The process's connections to its Redis. */
@Global()
@Module({
  providers: [
    RedisConnections,
    {
      provide: REDIS,
      inject: [RedisConnections, SETTINGS],
      useFactory: async (connections: RedisConnections, settings: BatchingSettings) => {
        const redis = await connections.open(commandClient(settings.redis, 'commands'));
        await admit(redis, settings);
        return redis;
      },
    },
  ],
  exports: [RedisConnections, REDIS],
})
export class RedisModule {}
