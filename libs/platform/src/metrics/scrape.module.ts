import { Module } from '@nestjs/common';
import { FailureLimitModule } from '../access/failure-limit.module';
import { MetricsController } from './metrics.controller';
import { MetricsModule } from './metrics.module';

/** `/metrics` of an application. */
@Module({
  imports: [MetricsModule, FailureLimitModule],
  controllers: [MetricsController],
})
export class ScrapeModule {}
