import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule, registerAs } from '@nestjs/config';
import { announce, SETTINGS } from '@app/config';
import type { BatchingSettings } from './batching.settings';

/**
 * The settings of the process, loaded and checked before: whole for whoever injects `SETTINGS`, and each group under its own
 * key (`@Inject(httpSettings.KEY)`), as `@nestjs/config` has it. Among them is the Redis, by the rules of its environment.
 */
@Module({})
export class BatchingConfigModule {
  static forRoot(settings: BatchingSettings): DynamicModule {
    const groups = Object.entries(settings).filter(([, group]) => typeof group === 'object');
    return {
      module: BatchingConfigModule,
      global: true,
      imports: [
        NestConfigModule.forRoot({
          isGlobal: true,
          ignoreEnvFile: true,
          ignoreEnvVars: true,
          load: groups.map(([name, group]) => registerAs(name, () => group as object)),
        }),
      ],
      // Whatever connects needs the settings: so what they are is said before anything can fail for them.
      providers: [{ provide: SETTINGS, useFactory: () => announced(settings) }],
      exports: [SETTINGS],
    };
  }
}

function announced(settings: BatchingSettings): BatchingSettings {
  announce(settings.environment, settings.effective);
  return settings;
}
