import { checkAddressQuery } from '../authentication/address-secret';
import { checkBodySignature } from '../authentication/body-signature';
import { type AuthenticRequest, headerOf } from '../authentication/request';
import { refused, type Verdict } from '../authentication/verdict';

const PREFIX = 'sha256=';
const SECONDS = /^\d{1,12}$/;
/** Chatwoot signs anew each time it posts, so that only the clocks of two hosts, and the way, lie between. */
const LONGEST_AGE_MS = 300_000;

/**
 * Checks `X-Chatwoot-Signature`: `sha256=` and the lowercase hex HMAC-SHA256 of `<X-Chatwoot-Timestamp>.<raw body>`. Chatwoot before
 * 4.12 signs nothing: then the secret itself may stand in the address, `?secret=…`. A wrong signature is not made good by that.
 */
export function authenticateChatwoot(
  request: AuthenticRequest,
  secrets: readonly string[],
  nowMs: number,
): Verdict {
  const { headers, rawBody } = request;
  const signature = headerOf(headers, 'x-chatwoot-signature');
  if (signature === null) return checkAddressQuery(request, secrets);
  const timestamp = headerOf(headers, 'x-chatwoot-timestamp');
  if (timestamp === null) return refused('missing');
  if (!signature.startsWith(PREFIX) || !SECONDS.test(timestamp)) return refused('malformed');
  if (Math.abs(nowMs - Number(timestamp) * 1000) > LONGEST_AGE_MS) return refused('expired');
  return checkBodySignature('sha256', signature.slice(PREFIX.length), rawBody, secrets, `${timestamp}.`);
}
