import type { Request } from 'express';
import type { AuthenticRequest } from '@app/gateways';

/** A request with its body as the bytes that came in: on gateways' routes it is those, elsewhere they stand beside it. */
export function authenticRequest(request: Request): AuthenticRequest {
  const { headers, method, originalUrl: url } = request;
  const { rawBody } = request as Request & { rawBody?: Buffer };
  const body: unknown = request.body;
  return { headers, method, url, rawBody: Buffer.isBuffer(body) ? body : (rawBody ?? Buffer.alloc(0)) };
}
