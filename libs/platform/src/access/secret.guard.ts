import type { IncomingMessage } from 'node:http';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ProblemException } from '../http/problem';
import type { LaneGuard } from '../short-lane/lane-routes';
import type { FailureLimit } from './failure-limit';
import { isOneOf, presented } from './secrets';

// The headers in which contract and field send a secret; the guard's own list decides which kind of secret it is.
const HEADERS = ['x-webhook-secret', 'x-api-key'];

/** Lets a request pass if it presents one of the secrets; without any secret configured, every request. */
export class SecretGuard implements CanActivate, LaneGuard {
  /** @param failures counts wrong secrets, and nothing else. */
  constructor(
    private readonly secrets: readonly string[],
    private readonly variable: string,
    private readonly failures?: Pick<FailureLimit, 'count'>,
  ) {}

  /** Whether a request would pass; a wrong secret is not counted. */
  admits(request: IncomingMessage): boolean {
    if (this.secrets.length === 0) return true;
    return this.presentedBy(request).some((text) => isOneOf(this.secrets, text));
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    if (this.admits(request)) return true;
    // A request without a secret has guessed nothing: a person who forgot the key is told so, however often.
    if (this.presentedBy(request).length > 0) await this.failures?.count(request);
    throw this.refusal();
  }

  /** The secrets that a request shows, right or wrong. */
  protected presentedBy(request: IncomingMessage): string[] {
    return presented(request, ...HEADERS);
  }

  protected refusal(): ProblemException {
    return new ProblemException(401, { detail: `This needs the secret that ${this.variable} holds.` });
  }
}
