import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/settings';

/** The cookie of a read session. */
export const SESSION_COOKIE = 'rapid-fire-session';
/** How long a session lasts, ms: a page that stays open begins another with the key that it was given. */
export const SESSION_MS = 3_600_000;

/**
 * Sessions in which a browser may look, and change nothing: `<end>.<signature>` in a cookie. Nothing is stored: every webhook
 * with the same `ADMIN_API_KEY` knows them, and a changed key ends all of them.
 */
@Injectable()
export class ReadSessions {
  private readonly key: Buffer;
  private readonly isOpen: boolean;

  constructor(@Inject(SETTINGS) { http }: Settings) {
    this.isOpen = http.adminKeys.length === 0;
    this.key = hash('sha256', `read-session ${JSON.stringify(http.adminKeys)}`, 'buffer');
  }

  /** The value of the cookie for a session that begins now. */
  begin(nowMs = Date.now()): string {
    const end = String(nowMs + SESSION_MS);
    return `${end}.${this.signatureOf(end)}`;
  }

  /** When the session of a request ends, ms since the epoch; null if it has none, or it is over. */
  endOf({ headers }: Pick<IncomingMessage, 'headers'>, nowMs = Date.now()): number | null {
    if (this.isOpen) return null;
    const [end = '', signature = ''] = cookieOf(headers.cookie ?? '').split('.');
    const expected = Buffer.from(this.signatureOf(end));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return Number(end) > nowMs ? Number(end) : null;
  }

  private signatureOf(end: string): string {
    return createHmac('sha256', this.key).update(end).digest('base64url');
  }
}

function cookieOf(header: string): string {
  const start = `${SESSION_COOKIE}=`;
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start));
  return found?.slice(start.length) ?? '';
}
