import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller';
import { READINESS_PARTS, type ReadinessPart, ShutdownState } from './readiness';

type HealthParts = Omit<FactoryProvider<ReadinessPart[]>, 'provide'> & Pick<DynamicModule, 'imports'>;

/** `/health/live` and `/health/ready`. */
@Module({})
export class HealthModule {
  /** @param parts creates the parts that readiness names, from what the imported modules provide. */
  static register({ imports = [], ...parts }: HealthParts): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false }), ...imports],
      controllers: [HealthController],
      providers: [ShutdownState, { ...parts, provide: READINESS_PARTS }],
    };
  }
}
