import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { type BodyFormat, TakesBody } from './body-format';
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

/** Leaves a body as the received bytes, for handlers that parse it themselves; also after the guards. */
@Injectable()
export class BytesBody implements NestInterceptor {
  constructor(
    private readonly bodies: RequestBodies,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const format = this.reflector.get<BodyFormat | undefined>(TakesBody, context.getHandler()) ?? 'json';
    await this.bodies.takeBytes(http.getRequest<Request>(), http.getResponse<Response>(), format);
    return next.handle();
  }
}
