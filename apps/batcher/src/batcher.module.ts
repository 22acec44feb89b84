import { type DynamicModule, Module } from '@nestjs/common';
import {
  BatchingConfigModule,
  BatchingModule,
  BatchProcessorModule,
  BatchStore,
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
      inject: [BatchStore],
      useFactory: (store: BatchStore) => [redisPart(store)],
    }),
  ],
})
export class BatcherModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: BatcherModule, imports: [BatchingConfigModule.forRoot(settings)] };
  }
}
