import { getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import {
  FailureLimit,
  type HttpSettings,
  httpSettings,
  METRICS_TOKENS,
  Metrics,
  MetricsController,
  MetricsModule,
} from '@app/platform';
import type { Queue } from 'bullmq';
import { Aliases } from './window/aliases';
import { TypingAndHold } from './window/typing-and-hold';
import { BatchStore } from './store/batch-store';
import { BatchService } from './batch.service';
import { Changes } from './changes/changes';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from './config/batching.settings';
import type { MergedMessage } from '@app/contracts';
import { DeadLetters } from './operators/dead-letters';
import { FailedAttempts } from './operators/failed-attempts';
import { FailedDeliveries } from './operators/failed-deliveries';
import { ForwardedEvents } from './changes/forwarded-events';
import { HandOff } from './hand-off/hand-off';
import { History } from './operators/history';
import { ProcessRegistry } from './processes/process-registry';
import { AppendMetrics } from './window/append.metrics';
import { ProcessRegistryMetrics } from './processes/process-registry.metrics';
import { observeRedis } from './redis/redis.metrics';
import { observeReplays } from './operators/replay.metrics';
import { SettingsMetrics } from './config/settings.metrics';
import { StatisticsMetrics } from './operators/statistics.metrics';
import { OpenBatches } from './operators/open-batches';
import { Pause } from './operators/pause';
import { MERGED_MESSAGES } from './queue/queue';
import { QueueModule } from './hand-off/queue.module';
import type { RedisClient } from './redis/redis-client';
import { RedisConnections } from './redis/redis-connections';
import { RedisModule } from './processes/redis.module';
import { REDIS } from './redis/redis.tokens';
import { Replay } from './operators/replay';
import { SetAside } from './store/set-aside';
import { StatisticsReader } from './operators/statistics';
import { Turns } from './turns/turns';
import { Unreadable } from './operators/unreadable';

/** The parts of every process that stores messages or looks at them; needs `BatchingConfigModule` as well. */
@Module({
  imports: [RedisModule, QueueModule, MetricsModule],
  controllers: [MetricsController],
  providers: [
    {
      provide: METRICS_TOKENS,
      inject: [httpSettings.KEY],
      useFactory: ({ metricsTokens }: HttpSettings) => metricsTokens,
    },
    {
      provide: FailureLimit,
      inject: [FailedAttempts, httpSettings.KEY],
      useFactory: (attempts: FailedAttempts, { wrongSecretsPerMinute }: HttpSettings) =>
        new FailureLimit(attempts, wrongSecretsPerMinute),
    },
    {
      provide: BatchStore,
      inject: [REDIS, SETTINGS, Metrics, RedisConnections],
      useFactory: (
        redis: RedisClient,
        settings: BatchingSettings,
        metrics: Metrics,
        connections: RedisConnections,
      ) => new BatchStore(redis, settings, undefined, observeRedis(metrics, connections)),
    },
    AppendMetrics,
    {
      provide: BatchService,
      inject: [BatchStore, AppendMetrics],
      useFactory: (store: BatchStore, metrics: AppendMetrics) => new BatchService(store, metrics),
    },
    StatisticsMetrics,
    SettingsMetrics,
    ProcessRegistryMetrics,
    ...[
      Aliases,
      TypingAndHold,
      Changes,
      DeadLetters,
      History,
      OpenBatches,
      Pause,
      FailedAttempts,
      SetAside,
      StatisticsReader,
      Turns,
      Unreadable,
    ].map((View) => ({
      provide: View,
      inject: [BatchStore],
      useFactory: (store: BatchStore) => new View(store),
    })),
    {
      provide: ForwardedEvents,
      inject: [getQueueToken(MERGED_MESSAGES)],
      useFactory: (queue: Queue) => new ForwardedEvents(queue),
    },
    {
      provide: Replay,
      inject: [BatchStore, History, HandOff, Metrics],
      useFactory: (store: BatchStore, history: History, handOff: HandOff, metrics: Metrics) =>
        new Replay(store, history, handOff, observeReplays(metrics)),
    },
    {
      provide: FailedDeliveries,
      inject: [BatchStore, getQueueToken(MERGED_MESSAGES)],
      useFactory: (store: BatchStore, queue: Queue<MergedMessage>) => new FailedDeliveries(store, queue),
    },
    ProcessRegistry,
  ],
  exports: [
    Aliases,
    AppendMetrics,
    TypingAndHold,
    BatchStore,
    BatchService,
    Changes,
    DeadLetters,
    FailedDeliveries,
    FailureLimit,
    ForwardedEvents,
    History,
    ProcessRegistry,
    OpenBatches,
    Pause,
    Replay,
    SetAside,
    StatisticsReader,
    Turns,
    Unreadable,
  ],
})
export class BatchingModule {}
