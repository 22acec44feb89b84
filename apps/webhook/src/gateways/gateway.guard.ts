import { type CanActivate, type ExecutionContext, Inject, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Gateway } from '@app/gateways';
import { FailureLimit, ProblemException, RequestBodies } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { verdictOn } from '../access/origin';
import { GatewayMetrics } from './gateway.metrics';

/** Says which gateway a route belongs to. */
export const OfGateway = Reflector.createDecorator<Gateway>();

/** Admits a gateway by its own scheme, over the bytes as received; one without a secret, by `WEBHOOK_SECRET`. */
@Injectable()
export class GatewayGuard implements CanActivate {
  private readonly logger = new Logger('Access');

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly reflector: Reflector,
    private readonly failures: FailureLimit,
    private readonly bodies: RequestBodies,
    private readonly metrics: GatewayMetrics,
  ) {}

  /** @throws ProblemException 401 or the gateway's own status for it, 429 if an address has tried too often, or the errors of reading a signed body. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const gateway = this.reflector.get(OfGateway, context.getHandler());
    const { webhookSecrets: shared, publicUrl } = this.settings.http;
    const own = this.settings.byGateway[gateway.name]?.secrets ?? shared;
    const http = context.switchToHttp();
    const verdict = await verdictOn(http, gateway, { own, shared }, this.bodies, publicUrl);
    if (verdict.accepted) return true;
    const { reason } = verdict;
    this.metrics.refused(gateway.name, reason);
    // A request without a proof has guessed nothing, and is not worth a line each time.
    if (reason !== 'missing') {
      await this.failures.count(http.getRequest<Request>());
      this.logger.warn('Refused a gateway', { gateway: gateway.name, reason });
    }
    const variable = own.length > 0 ? gateway.secretVariable : 'WEBHOOK_SECRET';
    throw new ProblemException(gateway.refusals?.unproven ?? 401, {
      detail: `This request does not prove that it comes from ${gateway.title} (${reason}). Compare ${variable} with the secret that is set at the gateway.`,
    });
  }
}
