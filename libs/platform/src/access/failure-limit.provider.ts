import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { HttpSettings } from '../http/http.settings';
import { FAILURE_COUNTER, type FailureCounter, FailureLimit } from './failure-limit';

export const failureLimitProvider: FactoryProvider<FailureLimit> = {
  provide: FailureLimit,
  inject: [FAILURE_COUNTER, SETTINGS],
  useFactory: (failures: FailureCounter, { http }: { http: HttpSettings }) =>
    new FailureLimit(failures, http.wrongSecretsPerMinute),
};
