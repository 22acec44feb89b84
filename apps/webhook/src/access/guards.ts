import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/batching';
import { authenticate, GATEWAYS } from '@app/gateways';
import { SecretGuard } from '@app/platform';
import type { Request } from 'express';
import { authenticRequest } from './authentic-request';
import { FailureLimit } from './failure-limit';

/** Lets forwarders in: those who show `WEBHOOK_SECRET`, and those who sign with it as they did for the predecessor. */
@Injectable()
export class WebhookGuard extends SecretGuard {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly limit: FailureLimit,
  ) {
    super(settings.http.webhookSecrets, 'WEBHOOK_SECRET', limit);
  }

  /** A signature is looked at with the body: not here. */
  override admits(request: IncomingMessage): boolean {
    return request.headers['x-signature'] === undefined && super.admits(request);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const isSigned = request.headers['x-signature'] !== undefined;
    if (!isSigned) return super.canActivate(context);
    const { webhookSecrets } = this.settings.http;
    const secrets = { own: webhookSecrets, shared: webhookSecrets };
    if (authenticate(GATEWAYS.venom, authenticRequest(request), secrets, Date.now()).accepted) return true;
    await this.limit.canActivate(context);
    throw this.refusal();
  }
}

/** Lets operators in: `ADMIN_API_KEY`. */
@Injectable()
export class AdminGuard extends SecretGuard {
  constructor(@Inject(SETTINGS) { http }: Settings, failures: FailureLimit) {
    super(http.adminKeys, 'ADMIN_API_KEY', failures);
  }
}
