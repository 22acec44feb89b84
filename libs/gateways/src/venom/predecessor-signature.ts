import { createHmac } from 'node:crypto';
import { type AuthenticRequest, headerOf } from '../authentication/request';
import { anySecret, isSame } from '../authentication/secrets';
import { refused, type Verdict } from '../authentication/verdict';

/** How far the sender's clock may be off: the predecessor's window. */
const WINDOW_MS = 300_000;

/**
 * Checks the signature that forwarders of the predecessor send: `x-signature`, the hex HMAC-SHA256 of
 * `METHOD:url:x-timestamp:body`, the timestamp in ms.
 *
 * The predecessor wrote the parsed body out again before signing; what its forwarders send is that very text, so
 * the raw bytes are taken, and a body in another notation is refused.
 */
export function checkPredecessorSignature(
  request: AuthenticRequest,
  secrets: readonly string[],
  nowMs: number,
): Verdict {
  const signature = headerOf(request.headers, 'x-signature');
  const timestamp = headerOf(request.headers, 'x-timestamp');
  if (signature === null || timestamp === null || request.method === undefined || request.url === undefined) {
    return refused('missing');
  }
  if (!/^\d{1,16}$/.test(timestamp)) return refused('malformed');
  const head = `${request.method.toUpperCase()}:${request.url}:${timestamp}:`;
  const matches = (secret: string): boolean =>
    isSame(signature, createHmac('sha256', secret).update(head).update(request.rawBody).digest('hex'));
  if (!anySecret(secrets, matches)) return refused('mismatch');
  return Math.abs(nowMs - Number(timestamp)) <= WINDOW_MS
    ? { accepted: true, by: 'signature' }
    : refused('expired');
}
