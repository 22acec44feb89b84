import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { RequestBodies } from './request-bodies';

/** Reads a body as JSON. It runs after the guards, so only an admitted request is read. */
@Injectable()
export class JsonBody implements NestInterceptor {
  constructor(private readonly bodies: RequestBodies) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    await this.bodies.takeJson(http.getRequest<Request>(), http.getResponse<Response>());
    return next.handle();
  }
}

/** Leaves a body as the received bytes, for handlers that check themselves whether it is JSON; also after the guards. */
@Injectable()
export class BytesBody implements NestInterceptor {
  constructor(private readonly bodies: RequestBodies) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    await this.bodies.takeBytes(http.getRequest<Request>(), http.getResponse<Response>());
    return next.handle();
  }
}
