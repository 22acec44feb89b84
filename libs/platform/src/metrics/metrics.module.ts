import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { HttpMetrics } from './http.metrics';
import { Metrics } from './metrics';
import { METRICS_TOKENS, MetricsController } from './metrics.controller';

/** `/metrics`, and `Metrics` for whoever counts something. */
@Module({})
export class MetricsModule {
  /** @param tokens makes the list of tokens that a scraper may present; an empty one lets everyone scrape. */
  static register(tokens: Omit<FactoryProvider<readonly string[]>, 'provide'>): DynamicModule {
    return {
      module: MetricsModule,
      global: true,
      controllers: [MetricsController],
      providers: [
        { provide: Metrics, useFactory: () => new Metrics() },
        { ...tokens, provide: METRICS_TOKENS },
        HttpMetrics,
      ],
      exports: [Metrics],
    };
  }
}
