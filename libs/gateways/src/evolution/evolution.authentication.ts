import { readToken } from '../authentication/json-web-token';
import { type AuthenticRequest, bearerOf } from '../authentication/request';
import { refused, type Verdict } from '../authentication/verdict';

/**
 * How long after its expiry a token is still accepted.
 *
 * Evolution signs a token for ten minutes when an event happens and sends that same token with each of its ten
 * attempts, the last of them about half an hour later; and it never tries again after a 401. With a strict expiry,
 * a message that met an outage of ours would be lost.
 */
const GRACE_MS = 30 * 60_000;

/** How far the gateway's clock may be ahead. */
const SKEW_MS = 60_000;

/**
 * Checks the token that Evolution makes of `jwt_key` in a webhook's headers (HS256; `iat`, `exp`, in seconds).
 *
 * It proves who sends, not what: the body is not signed. Evolution's global webhook sends no headers at all.
 */
export function authenticateEvolution(
  request: AuthenticRequest,
  secrets: readonly string[],
  nowMs: number,
): Verdict {
  const token = bearerOf(request.headers);
  if (token === null) return refused('missing');
  const reading = readToken(token, secrets);
  if (reading.kind !== 'signed') return refused(reading.kind);
  const { iat, exp } = reading.claims;
  if (typeof exp !== 'number' || (iat !== undefined && typeof iat !== 'number')) return refused('malformed');
  const hasEnded = nowMs > exp * 1000 + GRACE_MS;
  const hasNotBegun = iat !== undefined && nowMs < iat * 1000 - SKEW_MS;
  return hasEnded || hasNotBegun ? refused('expired') : { accepted: true, by: 'token' };
}
