import { type CanActivate, type ExecutionContext, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { ProblemException } from '../http/problem';
import { isOneOf, presented } from './secrets';

// Every way in which contract and field send a secret; which kind of secret it is, the guard's own list decides.
const HEADERS = ['x-webhook-secret', 'x-api-key'];

/** Lets a request pass that presents one of the secrets; without any secret configured, every request. */
export class SecretGuard implements CanActivate {
  constructor(
    private readonly secrets: readonly string[],
    private readonly variable: string,
  ) {
    if (secrets.length === 0)
      new Logger('Access').warn(`${variable} is not set: whoever reaches us is let in`);
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.secrets.length === 0) return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (presented(request, ...HEADERS).some((text) => isOneOf(this.secrets, text))) return true;
    throw new ProblemException(401, { detail: `This needs the secret that ${this.variable} holds.` });
  }
}
