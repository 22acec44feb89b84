import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule } from '@nestjs/config';
import { announce } from './announce';
import { SETTINGS, type Settings } from './settings';

/** The settings of the process, for whoever injects `SETTINGS`. Nest's `ConfigService` holds them too; nothing here injects it. */
@Module({})
export class BatchingConfigModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: BatchingConfigModule,
      global: true,
      imports: [
        NestConfigModule.forRoot({
          ignoreEnvFile: true,
          ignoreEnvVars: true,
          load: [() => ({ ...settings })],
        }),
      ],
      // Whatever connects needs the settings: so what they are is said before anything can fail for them.
      providers: [{ provide: SETTINGS, useFactory: () => announce(settings) }],
      exports: [SETTINGS],
    };
  }
}
