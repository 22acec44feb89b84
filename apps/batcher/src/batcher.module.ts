import { type DynamicModule, Module } from '@nestjs/common';
import {
  BatchingConfigModule,
  BatchingModule,
  BatchProcessorModule,
  BatchStore,
  MeetingPoint,
  processesPart,
  redisPart,
  type Settings,
} from '@app/batching';
import { HealthModule } from '@app/platform';

/** Hands batches off. */
@Module({
  imports: [
    BatchingModule,
    BatchProcessorModule,
    HealthModule.register({
      imports: [BatchingModule],
      inject: [BatchStore, MeetingPoint],
      useFactory: (store: BatchStore, meetingPoint: MeetingPoint) => [
        redisPart(store),
        processesPart(meetingPoint, false),
      ],
    }),
  ],
})
export class BatcherModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: BatcherModule, imports: [BatchingConfigModule.forRoot(settings)] };
  }
}
