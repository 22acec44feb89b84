import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { ProcessModule } from '../processes/process.module';
import { QueueMetrics } from '../queue/queue.metrics';
import { mergedMessagesQueue } from '../queue/queue.provider';
import { HandOff } from './hand-off';
import { handOffProvider } from './hand-off.provider';

/** The process's only producer of the queue, for all of its roles. */
@Module({
  imports: [ProcessModule, BullModule.registerQueueAsync(mergedMessagesQueue)],
  providers: [handOffProvider, QueueMetrics],
  exports: [BullModule, HandOff],
})
export class HandOffModule {}
