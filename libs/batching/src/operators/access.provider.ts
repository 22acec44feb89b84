import type { FactoryProvider } from '@nestjs/common';
import { FailureLimit, type HttpSettings, httpSettings, METRICS_TOKENS } from '@app/platform';
import { FailedAttempts } from './failed-attempts';

export const metricsTokensProvider: FactoryProvider<readonly string[]> = {
  provide: METRICS_TOKENS,
  inject: [httpSettings.KEY],
  useFactory: ({ metricsTokens }: HttpSettings) => metricsTokens,
};

export const failureLimitProvider: FactoryProvider<FailureLimit> = {
  provide: FailureLimit,
  inject: [FailedAttempts, httpSettings.KEY],
  useFactory: (attempts: FailedAttempts, { wrongSecretsPerMinute }: HttpSettings) =>
    new FailureLimit(attempts, wrongSecretsPerMinute),
};
