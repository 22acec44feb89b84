import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { RequestBodies } from './request-bodies';

/** Reads a body as JSON: behind the guards, so that only who was let in is listened to. */
@Injectable()
export class JsonBody implements NestInterceptor {
  constructor(private readonly bodies: RequestBodies) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    await this.bodies.takeJson(http.getRequest<Request>(), http.getResponse<Response>());
    return next.handle();
  }
}

/** Leaves a body as the bytes that came in, for those who say for themselves what is no JSON; behind the guards too. */
@Injectable()
export class BytesBody implements NestInterceptor {
  constructor(private readonly bodies: RequestBodies) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    await this.bodies.takeBytes(http.getRequest<Request>(), http.getResponse<Response>());
    return next.handle();
  }
}
