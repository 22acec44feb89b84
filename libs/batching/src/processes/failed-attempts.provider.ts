import type { FactoryProvider } from '@nestjs/common';
import { FAILURE_COUNTER, type FailureCounter } from '@app/platform';
import { BatchStore } from '../store/batch-store';
import { FailedAttempts } from './failed-attempts';

export const failedAttemptsProvider: FactoryProvider<FailureCounter> = {
  provide: FAILURE_COUNTER,
  inject: [BatchStore],
  useFactory: (store: BatchStore) => new FailedAttempts(store),
};
