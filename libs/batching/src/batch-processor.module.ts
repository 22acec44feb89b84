import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { Queue } from 'bullmq';
import { Audit } from './audit';
import { BatchStore } from './batch-store';
import { BatchProcessor } from './batch.processor';
import { BatchingModule } from './batching.module';
import { Claims } from './claims';
import { SETTINGS, type Settings } from './config/settings';
import type { MergedMessage } from './contracts/merged-message';
import { HandOff } from './hand-off';
import { MeetingPoint } from './meeting-point/meeting-point';
import { MERGED_MESSAGES, queueOptions } from './queue';
import { queueClient, subscriberClient } from './redis/connection';
import { RedisConnections } from './redis/redis-connections';
import { REDIS, SUBSCRIBER } from './redis/redis.tokens';
import { ShutdownFlush } from './shutdown-flush';
import { StatisticsReport } from './statistics.report';
import { Sweep } from './sweep';

/** What a process needs that hands batches off; any number of them may run on one Redis. */
@Module({
  imports: [
    BatchingModule,
    ScheduleModule.forRoot(),
    BullModule.registerQueueAsync({
      name: MERGED_MESSAGES,
      // After `REDIS`: BullMQ writes as soon as it is connected, and must not before this Redis is known to be ours.
      inject: [SETTINGS, RedisConnections, REDIS],
      useFactory: async (settings: Settings, connections: RedisConnections) =>
        queueOptions(settings, await connections.open(queueClient(settings.redis.url))),
    }),
  ],
  providers: [
    {
      provide: SUBSCRIBER,
      inject: [RedisConnections, SETTINGS],
      useFactory: (connections: RedisConnections, { redis }: Settings) =>
        connections.open(subscriberClient(redis.url)),
    },
    {
      provide: HandOff,
      inject: [getQueueToken(MERGED_MESSAGES), SETTINGS],
      useFactory: (queue: Queue<MergedMessage>, { handOff }: Settings) => new HandOff(queue, handOff),
    },
    {
      provide: Sweep,
      inject: [BatchStore, HandOff, SETTINGS],
      useFactory: (store: BatchStore, handOff: HandOff, settings: Settings) =>
        new Sweep(new Claims(store), handOff, settings),
    },
    Audit,
    ShutdownFlush,
    BatchProcessor,
    StatisticsReport,
  ],
  exports: [BatchProcessor],
})
export class BatchProcessorModule {
  constructor(meetingPoint: MeetingPoint) {
    meetingPoint.takeRole('batcher');
  }
}
