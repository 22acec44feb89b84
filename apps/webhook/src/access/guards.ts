import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/batching';
import { SecretGuard } from '@app/platform';

/** Lets gateways in: `WEBHOOK_SECRET`. */
@Injectable()
export class WebhookGuard extends SecretGuard {
  constructor(@Inject(SETTINGS) { http }: Settings) {
    super(http.webhookSecrets, 'WEBHOOK_SECRET');
  }
}

/** Lets operators in: `ADMIN_API_KEY`. */
@Injectable()
export class AdminGuard extends SecretGuard {
  constructor(@Inject(SETTINGS) { http }: Settings) {
    super(http.adminKeys, 'ADMIN_API_KEY');
  }
}
