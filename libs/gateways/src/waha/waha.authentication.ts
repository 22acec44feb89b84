import { checkBodySignature } from '../authentication/body-signature';
import { type AuthenticRequest, headerOf } from '../authentication/request';
import { refused, type Verdict } from '../authentication/verdict';

/** Checks `X-Webhook-Hmac`: the lowercase hex HMAC-SHA512 of the raw body under the session's or server's key. */
export function authenticateWaha(
  { headers, rawBody }: AuthenticRequest,
  secrets: readonly string[],
): Verdict {
  const algorithm = headerOf(headers, 'x-webhook-hmac-algorithm') ?? 'sha512';
  // A sender that names a weaker algorithm is refused.
  if (algorithm.toLowerCase() !== 'sha512') return refused('malformed');
  return checkBodySignature('sha512', headerOf(headers, 'x-webhook-hmac'), rawBody, secrets);
}
