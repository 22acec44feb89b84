import { Global, Module } from '@nestjs/common';
import { HttpMetrics } from './http.metrics';
import { Metrics } from './metrics';

/** `Metrics`, for every class that counts; `ScrapeModule` shows them. */
@Global()
@Module({
  providers: [Metrics, HttpMetrics],
  exports: [Metrics],
})
export class MetricsModule {}
