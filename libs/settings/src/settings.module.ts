import { type DynamicModule, Module } from '@nestjs/common';
import { BatchingConfigModule } from '@app/batching';
import { MetricsModule } from '@app/platform';
import { CompaniesMetrics } from './companies/companies.metrics';
import { CompaniesWatch } from './companies/companies.watch';
import type { Settings } from './settings';

/** The settings of the process, loaded and checked before, and the companies file as it changes. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      imports: [BatchingConfigModule.forRoot(settings), MetricsModule],
      providers: [CompaniesMetrics, CompaniesWatch],
    };
  }
}
