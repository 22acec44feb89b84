import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { BatchProcessor } from './batch.processor';
import { BatchingModule } from './batching.module';
import { Claims } from './hand-off/claims';
import { HandOffMetrics } from './hand-off/hand-off.metrics';
import { HandOffModule } from './hand-off/hand-off.module';
import { ShutdownFlush } from './hand-off/shutdown-flush';
import { Succession } from './hand-off/succession';
import { sweepProvider } from './hand-off/sweep.provider';
import { Audit } from './operators/audit';
import { Leftovers } from './operators/leftovers';
import { StatisticsReport } from './operators/statistics.report';
import { takesRole } from './processes/role.provider';
import { queueEventsProvider } from './queue/queue-events.provider';
import { subscriberProvider } from './redis/subscriber.provider';
import { TurnWatch } from './turns/turn.watch';

/** The parts of a process that hands batches off; any number of them may run on one Redis. */
@Module({
  imports: [BatchingModule, ScheduleModule.forRoot(), HandOffModule],
  providers: [
    takesRole('batcher'),
    subscriberProvider,
    queueEventsProvider,
    Claims,
    Succession,
    HandOffMetrics,
    sweepProvider,
    Audit,
    Leftovers,
    ShutdownFlush,
    BatchProcessor,
    StatisticsReport,
    TurnWatch,
  ],
  exports: [BatchProcessor],
})
export class BatchProcessorModule {}
