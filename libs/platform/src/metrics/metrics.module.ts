import { Global, Module } from '@nestjs/common';
import { HttpMetrics } from './http.metrics';
import { Metrics } from './metrics';

/** `Metrics`, for whoever counts something. `MetricsController` shows them, where its module knows who may look. */
@Global()
@Module({
  providers: [{ provide: Metrics, useFactory: () => new Metrics() }, HttpMetrics],
  exports: [Metrics],
})
export class MetricsModule {}
