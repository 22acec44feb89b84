import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { catchError, type Observable } from 'rxjs';
import type { Gateway } from '@app/gateways';
import { ProblemException } from '@app/platform';
import { GatewayIngest } from './gateway-ingest';
import { OfGateway } from './gateway.guard';

const TOO_LARGE = 413;

/**
 * Tells operators of a proven gateway's body that is too large to be read: nobody will see what it says. It is answered 200 where
 * the gateway would send it again and again, and nothing that came after it.
 */
@Injectable()
export class OverLimit implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly ingest: GatewayIngest,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const gateway = this.reflector.get(OfGateway, context.getHandler());
    const request = context.switchToHttp().getRequest<Request>();
    return next.handle().pipe(catchError((error: unknown) => this.answer(gateway, request, error)));
  }

  private async answer(gateway: Gateway, request: Request, error: unknown): Promise<unknown> {
    if (!(error instanceof ProblemException) || error.getStatus() !== TOO_LARGE) throw error;
    await this.ingest.noteTooLarge(gateway.name, Number(request.headers['content-length'] ?? 0));
    if (gateway.refusals?.tooLarge !== 200) throw error;
    return gateway.acknowledgement?.text ?? { success: true, results: [] };
  }
}
