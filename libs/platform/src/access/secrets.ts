import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** True if the text is one of the secrets; takes as long for a near miss as for a far one. */
export function isOneOf(secrets: readonly string[], text: string): boolean {
  const given = digest(text);
  return secrets.filter((secret) => timingSafeEqual(digest(secret), given)).length > 0;
}

/** The secrets that a request presents, in any of the usual headers. */
export function presented(
  request: Pick<IncomingMessage, 'headers'>,
  ...headers: readonly string[]
): string[] {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const named = headers.map((name) => request.headers[name]);
  return [bearer, ...named].filter((value) => typeof value === 'string');
}

/** Equal length for every secret, so that the comparison reveals nothing about it. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
