import { type DynamicModule, Module } from '@nestjs/common';
import { BatchingConfigModule } from '@app/batching';
import { MetricsModule } from '@app/platform';
import { CompaniesMetrics } from './companies/companies.metrics';
import { CompaniesWatch } from './companies/companies.watch';
import { RunTimeSettings } from './run-time/run-time-settings';
import type { Settings } from './settings';

/** The settings of the process, loaded and checked before, the companies file as it changes, and what operators change at run time. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      imports: [BatchingConfigModule.forRoot(settings), MetricsModule],
      // Its controller is in the webhook, beside or within which it is set up.
      global: true,
      providers: [CompaniesMetrics, CompaniesWatch, RunTimeSettings],
      exports: [RunTimeSettings],
    };
  }
}
