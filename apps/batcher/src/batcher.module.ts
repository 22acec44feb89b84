import { type DynamicModule, Module } from '@nestjs/common';
import { batchingHealth, BatchingModule, BatchProcessorModule } from '@app/batching';
import { ScrapeModule } from '@app/platform';
import { type Settings, SettingsModule } from '@app/settings';

/** Hands batches off. */
@Module({
  imports: [BatchingModule, BatchProcessorModule, ScrapeModule, batchingHealth()],
})
export class BatcherModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: BatcherModule, imports: [SettingsModule.forRoot(settings)] };
  }
}
