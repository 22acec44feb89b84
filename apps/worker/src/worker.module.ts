import { type DynamicModule, Module } from '@nestjs/common';
import {
  BatchingConfigModule,
  BatchingModule,
  BatchStore,
  MeetingPoint,
  processesPart,
  redisPart,
  type Settings,
} from '@app/batching';
import { HealthModule } from '@app/platform';
import { DeliveryModule } from './delivery.module';

/** Takes merged messages to the bot, and its answers back. */
@Module({
  imports: [
    DeliveryModule,
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
export class WorkerModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: WorkerModule, imports: [BatchingConfigModule.forRoot(settings)] };
  }
}
