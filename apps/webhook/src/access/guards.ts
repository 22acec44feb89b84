import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { venom } from '@app/gateways';
import {
  type AdminKey,
  FailureLimit,
  isOneOf,
  type Operator,
  ProblemException,
  RequestBodies,
  SecretGuard,
} from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { admitAs, ANYONE, neededRole } from './operators';
import { verdictOn } from './origin';
import { ReadSessions } from './read-sessions';

/** Lets forwarders in: those who show `WEBHOOK_SECRET`, and those who sign with it as they did for the predecessor. */
@Injectable()
export class WebhookGuard extends SecretGuard {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly limit: FailureLimit,
    private readonly bodies: RequestBodies,
  ) {
    super(settings.http.webhookSecrets, 'WEBHOOK_SECRET', limit);
  }

  /** A signature is looked at with the body: not here. */
  override admits(request: IncomingMessage): boolean {
    return request.headers['x-signature'] === undefined && super.admits(request);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const isSigned = request.headers['x-signature'] !== undefined;
    if (!isSigned) return super.canActivate(context);
    const { webhookSecrets } = this.settings.http;
    const secrets = { own: webhookSecrets, shared: webhookSecrets };
    if ((await verdictOn(http, venom, secrets, this.bodies)).accepted) return true;
    await this.limit.count(request);
    throw this.refusal();
  }
}

/** Lets operators in: those who show one of `ADMIN_API_KEY`, to what its role may do; to look, a read session too. */
@Injectable()
export class AdminGuard extends SecretGuard {
  private readonly keys: readonly AdminKey[];

  constructor(
    @Inject(SETTINGS) { http }: Settings,
    failures: FailureLimit,
    private readonly sessions: ReadSessions,
  ) {
    super(
      http.adminKeys.map(({ secret }) => secret),
      'ADMIN_API_KEY',
      failures,
    );
    this.keys = http.adminKeys;
  }

  /** @throws ProblemException 401 without a right key; 403 if the key may not do this. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const request = context.switchToHttp().getRequest<Request>();
    const operator = this.whoShows(request);
    const needed = neededRole(context);
    if (needed === 'operate' && operator.role !== 'operate')
      throw new ProblemException(403, {
        detail: `The key of ${operator.name} has the role ${operator.role}; this call needs the role operate (ADMIN_API_KEY).`,
      });
    admitAs(request, operator);
    return true;
  }

  private whoShows(request: Request): Operator {
    const shown = this.presentedBy(request);
    return this.keys.find(({ secret }) => isOneOf(shown, secret)) ?? ANYONE;
  }

  /** A cookie goes along by itself, also where another site made the browser call: it may only look. */
  override admits(request: IncomingMessage): boolean {
    if (super.admits(request)) return true;
    return request.method === 'GET' && this.sessions.endOf(request) !== null;
  }
}
