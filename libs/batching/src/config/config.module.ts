import { type DynamicModule, Module } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from './batching.settings';
import { settingsProvider } from './settings.provider';

/** The settings of the process, loaded and checked before. Among them is the Redis, by the rules of its environment. */
@Module({})
export class BatchingConfigModule {
  static forRoot(settings: BatchingSettings): DynamicModule {
    return {
      module: BatchingConfigModule,
      global: true,
      providers: [settingsProvider(settings)],
      exports: [SETTINGS],
    };
  }
}
