import { type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AdminGuard } from '../access/guards';

/**
 * The operators' guard for a page that a person opens by its address: a browser asks for a password, which is the key.
 * For this page alone, which changes nothing: what a browser sends by itself, another site can make it send.
 */
@Injectable()
export class QueueViewGuard extends AdminGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<Request>();
    const password = passwordOf(headers.authorization);
    if (password !== null) headers['x-api-key'] = password;
    try {
      return await super.canActivate(context);
    } catch (error) {
      http.getResponse<Response>().setHeader('WWW-Authenticate', 'Basic realm="Rapid-Fire", charset="UTF-8"');
      throw error;
    }
  }
}

/** What follows the first colon of the credentials, whatever the name before it (RFC 7617). */
function passwordOf(authorization = ''): string | null {
  const credentials = /^Basic (.+)$/i.exec(authorization)?.[1];
  if (credentials === undefined) return null;
  const text = Buffer.from(credentials, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}
