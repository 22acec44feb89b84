import { checkBodySignature } from '../authentication/body-signature';
import { type AuthenticRequest, headerOf } from '../authentication/request';
import { refused, type Verdict } from '../authentication/verdict';

/** How far the sender's clock may be off: the predecessor's window. */
const WINDOW_MS = 300_000;

/**
 * Checks the signature that forwarders of the predecessor send: `x-signature`, the hex HMAC-SHA256 of
 * `METHOD:url:x-timestamp:body`, the timestamp in ms.
 *
 * The predecessor wrote the parsed body out again before signing, and its forwarders send exactly that text. So
 * the raw bytes are used, and a body in another notation is refused.
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
  const verdict = checkBodySignature('sha256', signature, request.rawBody, secrets, head);
  const hasExpired = Math.abs(nowMs - Number(timestamp)) > WINDOW_MS;
  // A wrong signature is the worse of two faults; but a body that could not help is not read.
  return hasExpired && (verdict.accepted || verdict.reason === 'unread') ? refused('expired') : verdict;
}
