import { type DynamicModule, Module } from '@nestjs/common';
import { BatchProcessorModule } from '@app/batching';
import { type Settings, SettingsModule } from '@app/settings';
import { WebhookModule } from '../apps/webhook/src/webhook.module';
import { DeliveryModule } from '../apps/worker/src/delivery.module';

/** Every role in one process, for one machine: webhook, batcher and a worker that prints messages if there is no bot. */
@Module({ imports: [WebhookModule, BatchProcessorModule, DeliveryModule] })
export class AllInOneModule {
  static register(settings: Settings): DynamicModule {
    return { module: AllInOneModule, imports: [SettingsModule.forRoot(settings)] };
  }
}
