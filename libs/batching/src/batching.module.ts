import { Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { BatchStore } from './batch-store';
import { BatchService } from './batch.service';
import { SETTINGS, type Settings } from './config/settings';
import { DeadLetters } from './dead-letters';
import { History } from './history';
import { MeetingPoint } from './meeting-point/meeting-point';
import { RedisModule } from './redis/redis.module';
import { REDIS } from './redis/redis.tokens';

/** What every process needs that puts messages in or looks at them; needs `BatchingConfigModule` beside it. */
@Module({
  imports: [RedisModule],
  providers: [
    {
      provide: BatchStore,
      inject: [REDIS, SETTINGS],
      useFactory: (redis: Redis, settings: Settings) => new BatchStore(redis, settings),
    },
    BatchService,
    MeetingPoint,
    { provide: DeadLetters, inject: [BatchStore], useFactory: (store: BatchStore) => new DeadLetters(store) },
    { provide: History, inject: [BatchStore], useFactory: (store: BatchStore) => new History(store) },
  ],
  exports: [BatchStore, BatchService, DeadLetters, History, MeetingPoint],
})
export class BatchingModule {}
