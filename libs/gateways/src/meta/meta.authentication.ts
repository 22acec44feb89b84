import { checkBodySignature } from '../authentication/body-signature';
import { type AuthenticRequest, headerOf } from '../authentication/request';
import { refused, type Verdict } from '../authentication/verdict';

const PREFIX = 'sha256=';

/**
 * Checks `X-Hub-Signature-256`: `sha256=` and the lowercase hex HMAC-SHA256 of the raw body under the app secret.
 *
 * Meta signs the bytes as sent, with `\uXXXX` and `\/` in them: after parsing and writing again, only a body in plain
 * ASCII still matches. The older `X-Hub-Signature` (SHA-1) is no substitute.
 */
export function authenticateMeta(
  { headers, rawBody }: AuthenticRequest,
  secrets: readonly string[],
): Verdict {
  const header = headerOf(headers, 'x-hub-signature-256');
  if (header !== null && !header.startsWith(PREFIX)) return refused('malformed');
  return checkBodySignature('sha256', header?.slice(PREFIX.length) ?? null, rawBody, secrets);
}
