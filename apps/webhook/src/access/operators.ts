import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Operator } from '@app/platform';

/** Where no key is configured, everybody may act. */
export const ANYONE: Operator = { name: 'anyone', role: 'operate' };

const operators = new WeakMap<IncomingMessage, Operator>();

/** Remembers whose key a request has shown. */
export function admitAs(request: IncomingMessage, operator: Operator): void {
  operators.set(request, operator);
}

/** Who has sent a request that the operators' guard has let in. */
export function operatorOf(request: IncomingMessage): Operator {
  return operators.get(request) ?? ANYONE;
}

const ONLY_LOOKS = Symbol('ONLY_LOOKS');

/** A call that changes nothing, whatever its method: the role `read` may make it, and it is no act. */
export const OnlyLooks = (): MethodDecorator => SetMetadata(ONLY_LOOKS, true);

/** The role that a call needs: a method that only reads asks for no more. A new call cannot forget it. */
export function neededRole(context: ExecutionContext): Operator['role'] {
  const { method = '' } = context.switchToHttp().getRequest<IncomingMessage>();
  const looks = Reflect.getMetadata(ONLY_LOOKS, context.getHandler()) as true | undefined;
  return looks || ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 'read' : 'operate';
}
