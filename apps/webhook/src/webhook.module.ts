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
import { BatchedController } from './admin/batched.controller';
import { ConfigController } from './admin/config.controller';
import { HistoryController } from './admin/history.controller';
import { RedisIdentity } from './admin/redis-identity';
import { Intake } from './whatsapp/intake';
import { WhatsappController } from './whatsapp/whatsapp.controller';

/** Takes messages in and answers operators. */
@Module({
  imports: [
    BatchingModule,
    HealthModule.register({
      imports: [BatchingModule],
      inject: [BatchStore, MeetingPoint],
      useFactory: (store: BatchStore, meetingPoint: MeetingPoint) => [
        redisPart(store),
        processesPart(meetingPoint, store.settings.requireBatcher),
      ],
    }),
  ],
  controllers: [WhatsappController, BatchedController, ConfigController, HistoryController],
  providers: [Intake, RedisIdentity],
})
export class WebhookModule {
  constructor(meetingPoint: MeetingPoint) {
    meetingPoint.takeRole('webhook');
  }

  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: WebhookModule, imports: [BatchingConfigModule.forRoot(settings)] };
  }
}
