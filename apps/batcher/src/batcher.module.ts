import { type DynamicModule, Module } from '@nestjs/common';
import { batchingHealth, BatchingConfigModule, BatchingModule, BatchProcessorModule } from '@app/batching';
import type { Settings } from '@app/settings';

/** Hands batches off. */
@Module({
  imports: [BatchingModule, BatchProcessorModule, batchingHealth()],
})
export class BatcherModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: BatcherModule, imports: [BatchingConfigModule.forRoot(settings)] };
  }
}
