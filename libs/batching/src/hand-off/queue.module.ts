import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import type { MergedMessage } from '@app/contracts';
import { HandOff } from './hand-off';
import { QueueMetrics } from '../queue/queue.metrics';
import { MERGED_MESSAGES, queueOptions } from '../queue/queue';
import { queueClient } from '../redis/connection';
import { RedisUnreachableError } from '../redis/connection.errors';
import type { RedisClient } from '../redis/redis-client';
import { Replication } from '../redis/replication';
import { RedisConnections } from '../redis/redis-connections';
import { RedisModule } from '../processes/redis.module';
import { REDIS } from '../redis/redis.tokens';

/** BullMQ checks its server once, in the background, and if that fails every later call fails; then it registers the queue. */
async function ready(queue: Queue): Promise<void> {
  // Without a listener, BullMQ would write its errors to stderr; our own connections report an outage.
  queue.on('error', () => undefined);
  await queue.waitUntilReady();
  await queue.getVersion();
}

/** The process's only producer of the queue, for all of its roles. */
@Module({
  imports: [
    RedisModule,
    BullModule.registerQueueAsync({
      name: MERGED_MESSAGES,
      // After `REDIS`: BullMQ writes as soon as it is connected, and must not before this Redis is known to be ours.
      inject: [SETTINGS, RedisConnections, REDIS],
      useFactory: async (settings: BatchingSettings, connections: RedisConnections) =>
        queueOptions(settings, await connections.open(queueClient(settings.redis))),
    }),
  ],
  providers: [
    {
      provide: HandOff,
      inject: [getQueueToken(MERGED_MESSAGES), SETTINGS],
      useFactory: async (queue: Queue<MergedMessage>, { handOff, redis }: BatchingSettings) => {
        await ready(queue).catch((error: unknown) => {
          throw new RedisUnreachableError(redis.address, String(error));
        });
        const replication = new Replication(queue.opts.connection as RedisClient, redis);
        return new HandOff(queue, { handOff, redis }, undefined, (write) =>
          replication.acknowledged(queue.toKey('wait'), write),
        );
      },
    },
    QueueMetrics,
  ],
  exports: [BullModule, HandOff],
})
export class QueueModule {}
