import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule } from '@nestjs/config';
import { readEnvironment } from './read-environment';
import { SETTINGS, type Settings, settingsOf } from './settings';
import { validateEnvironment } from './validate';

/**
 * Reads `.env.<NODE_ENV>`, `.env` and the process's own environment, which wins, and checks them before anything
 * connects anywhere.
 *
 * @param overrides variables that the program itself decides, over all others.
 * @throws ConfigurationError with every problem found.
 */
export function loadSettings(overrides: Readonly<Record<string, string>> = {}): Settings {
  return settingsOf(validateEnvironment({ ...readEnvironment(), ...overrides }));
}

/** The settings of the process, for whoever injects `SETTINGS` or Nest's `ConfigService`. */
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
      providers: [{ provide: SETTINGS, useValue: settings }],
      exports: [SETTINGS],
    };
  }
}
