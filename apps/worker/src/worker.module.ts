import { type DynamicModule, Module } from '@nestjs/common';
import { batchingHealth } from '@app/batching';
import { ScrapeModule } from '@app/platform';
import { type Settings, SettingsModule } from '@app/settings';
import { DeliveryModule } from './delivery.module';

/** Takes merged messages to the bot, and its answers back. */
@Module({
  imports: [DeliveryModule, ScrapeModule, batchingHealth()],
})
export class WorkerModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: WorkerModule, imports: [SettingsModule.forRoot(settings)] };
  }
}
