import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule } from '@nestjs/config';
import { readEnvironment } from './read-environment';
import { SETTINGS, settingsOf } from './settings';
import { validateEnvironment } from './validate';

/** The settings of the process, read and checked before anything connects anywhere. */
@Module({})
export class BatchingConfigModule {
  /**
   * Reads `.env.<NODE_ENV>`, `.env` and the process's own environment, which wins.
   *
   * @param overrides variables that the program itself decides, over all others.
   * @throws ConfigurationError with every problem found.
   */
  static async forRoot(overrides: Readonly<Record<string, string>> = {}): Promise<DynamicModule> {
    const env = validateEnvironment({ ...readEnvironment(), ...overrides });
    return {
      module: BatchingConfigModule,
      global: true,
      imports: [await NestConfigModule.forRoot({ ignoreEnvFile: true, skipProcessEnv: true, validate: () => ({ ...env }) })],
      providers: [{ provide: SETTINGS, useValue: settingsOf(env) }],
      exports: [SETTINGS],
    };
  }
}
