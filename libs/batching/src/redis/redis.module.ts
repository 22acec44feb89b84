import { Global, Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings';
import { commandClient } from './connection';
import { RedisConnections } from './redis-connections';
import { REDIS } from './redis.tokens';

/** The process's connections to its Redis. */
@Global()
@Module({
  providers: [
    RedisConnections,
    {
      provide: REDIS,
      inject: [RedisConnections, SETTINGS],
      useFactory: (connections: RedisConnections, { redis }: Settings) =>
        connections.open(commandClient(redis.url, 'commands')),
    },
  ],
  exports: [RedisConnections, REDIS],
})
export class RedisModule {}
