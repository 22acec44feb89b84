import { Module } from '@nestjs/common';
import { Metrics, MetricsModule } from '@app/platform';
import { BatchStore } from './batch-store';
import { BatchService } from './batch.service';
import { SETTINGS, type Settings } from './config/settings';
import { DeadLetters } from './dead-letters';
import { FailedAttempts } from './failed-attempts';
import { HandOff } from './hand-off';
import { History } from './history';
import { MeetingPoint } from './meeting-point/meeting-point';
import { AppendMetrics } from './metrics/append.metrics';
import { MeetingPointMetrics } from './metrics/meeting-point.metrics';
import { observeRedis } from './metrics/redis.metrics';
import { StatisticsMetrics } from './metrics/statistics.metrics';
import { OpenBatches } from './open-batches';
import { Pause } from './pause';
import { QueueModule } from './queue.module';
import type { RedisClient } from './redis/redis-client';
import { RedisConnections } from './redis/redis-connections';
import { RedisModule } from './redis/redis.module';
import { REDIS } from './redis/redis.tokens';
import { Replay } from './replay';
import { Turns } from './turns';

/** What every process needs that puts messages in or looks at them; needs `BatchingConfigModule` beside it. */
@Module({
  imports: [
    RedisModule,
    QueueModule,
    MetricsModule.register({ inject: [SETTINGS], useFactory: ({ http }: Settings) => http.metricsTokens }),
  ],
  providers: [
    {
      provide: BatchStore,
      inject: [REDIS, SETTINGS, Metrics, RedisConnections],
      useFactory: (redis: RedisClient, settings: Settings, metrics: Metrics, connections: RedisConnections) =>
        new BatchStore(redis, settings, undefined, observeRedis(metrics, connections)),
    },
    {
      provide: BatchService,
      inject: [BatchStore, Metrics],
      useFactory: (store: BatchStore, metrics: Metrics) =>
        new BatchService(store, new AppendMetrics(metrics)),
    },
    StatisticsMetrics,
    MeetingPointMetrics,
    ...[DeadLetters, History, OpenBatches, Pause, FailedAttempts, Turns].map((View) => ({
      provide: View,
      inject: [BatchStore],
      useFactory: (store: BatchStore) => new View(store),
    })),
    {
      provide: Replay,
      inject: [BatchStore, History, HandOff],
      useFactory: (store: BatchStore, history: History, handOff: HandOff) =>
        new Replay(store, history, handOff),
    },
    MeetingPoint,
  ],
  exports: [
    BatchStore,
    BatchService,
    DeadLetters,
    FailedAttempts,
    History,
    MeetingPoint,
    OpenBatches,
    Pause,
    Replay,
    Turns,
  ],
})
export class BatchingModule {}
