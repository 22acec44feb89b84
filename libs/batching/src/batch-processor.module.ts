import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Metrics } from '@app/platform';
import { QueueEvents } from 'bullmq';
import { Audit } from './operators/audit';
import { BatchStore } from './store/batch-store';
import { BatchProcessor } from './batch.processor';
import { BatchingModule } from './batching.module';
import { Claims } from './hand-off/claims';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from './config/batching.settings';
import { HandOff } from './hand-off/hand-off';
import { HandOffMetrics } from './hand-off/hand-off.metrics';
import { Leftovers } from './leftovers';
import { ProcessRegistry } from './processes/process-registry';
import { QUEUE_EVENTS, queueOptions } from './queue/queue';
import { QueueModule } from './hand-off/queue.module';
import { waitingClient } from './redis/connection';
import { RedisConnections } from './redis/redis-connections';
import { REDIS, SUBSCRIBER } from './redis/redis.tokens';
import { ShutdownFlush } from './hand-off/shutdown-flush';
import { StatisticsReport } from './operators/statistics.report';
import { Succession } from './hand-off/succession';
import { Sweep } from './hand-off/sweep';
import { TurnWatch } from './turns/turn.watch';

/** The parts of a process that hands batches off; any number of them may run on one Redis. */
@Module({
  imports: [BatchingModule, ScheduleModule.forRoot(), QueueModule],
  providers: [
    {
      provide: SUBSCRIBER,
      inject: [RedisConnections, SETTINGS],
      useFactory: (connections: RedisConnections, { redis }: BatchingSettings) =>
        connections.open(waitingClient(redis, 'subscriber')),
    },
    {
      provide: QUEUE_EVENTS,
      inject: [RedisConnections, SETTINGS, REDIS],
      useFactory: async (connections: RedisConnections, settings: BatchingSettings) => {
        const connection = await connections.open(waitingClient(settings.redis, 'queue-events'));
        const { name, ...options } = queueOptions(settings, connection);
        return new QueueEvents(name, { ...options, autorun: false });
      },
    },
    {
      provide: Sweep,
      inject: [BatchStore, HandOff, SETTINGS, Metrics],
      useFactory: (store: BatchStore, handOff: HandOff, settings: BatchingSettings, metrics: Metrics) =>
        new Sweep(
          new Claims(store),
          handOff,
          new Succession(store),
          settings,
          undefined,
          new HandOffMetrics(metrics),
        ),
    },
    Audit,
    Leftovers,
    ShutdownFlush,
    BatchProcessor,
    StatisticsReport,
    TurnWatch,
  ],
  exports: [BatchProcessor],
})
export class BatchProcessorModule {
  constructor(processRegistry: ProcessRegistry) {
    processRegistry.takeRole('batcher');
  }
}
