import type { ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { authenticate, type Gateway, type GatewaySecrets, type Verdict } from '@app/gateways';
import type { RequestBodies } from '@app/platform';

/** Decides whether a request may come in: by its headers where they can decide, else by its body, which is read for it. */
export async function verdictOn(
  http: ReturnType<ExecutionContext['switchToHttp']>,
  gateway: Pick<Gateway, 'authenticate' | 'bodyFormat'>,
  secrets: GatewaySecrets,
  bodies: RequestBodies,
  publicUrl: string | null = null,
): Promise<Verdict> {
  const request = http.getRequest<Request>();
  const { headers, method, originalUrl: url } = request;
  const judge = (): Verdict => {
    const rawBody = bodies.bytesOf(request);
    return authenticate(gateway, { headers, method, url, publicUrl, rawBody }, secrets, Date.now());
  };
  const verdict = judge();
  if (verdict.accepted || verdict.reason !== 'unread') return verdict;
  await bodies.readUnproven(request, http.getResponse<Response>(), gateway.bodyFormat ?? 'json');
  return judge();
}
