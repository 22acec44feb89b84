import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller';
import { READINESS_PARTS, type ReadinessPart, ShutdownState } from './readiness';

/** `/health/live` and `/health/ready`. */
@Module({})
export class HealthModule {
  /** @param parts makes the parts that readiness names. */
  static register(parts: Omit<FactoryProvider<ReadinessPart[]>, 'provide'>): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [ShutdownState, { ...parts, provide: READINESS_PARTS }],
    };
  }
}
