import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/batching';
import { SecretGuard } from '@app/platform';
import { FailureLimit } from './failure-limit';

/** Lets gateways in: `WEBHOOK_SECRET`. */
@Injectable()
export class WebhookGuard extends SecretGuard {
  constructor(@Inject(SETTINGS) { http }: Settings, failures: FailureLimit) {
    super(http.webhookSecrets, 'WEBHOOK_SECRET', failures);
  }
}

/** Lets operators in: `ADMIN_API_KEY`. */
@Injectable()
export class AdminGuard extends SecretGuard {
  constructor(@Inject(SETTINGS) { http }: Settings, failures: FailureLimit) {
    super(http.adminKeys, 'ADMIN_API_KEY', failures);
  }
}
