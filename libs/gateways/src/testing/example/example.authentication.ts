import { checkBodySignature } from '../../authentication/body-signature';
import { type AuthenticRequest, headerOf } from '../../authentication/request';
import type { Verdict } from '../../authentication/verdict';

/** Checks `x-example-signature`: the lowercase hex HMAC-SHA256 of the raw body. */
export function authenticateExample(
  { headers, rawBody }: AuthenticRequest,
  secrets: readonly string[],
): Verdict {
  return checkBodySignature('sha256', headerOf(headers, 'x-example-signature'), rawBody, secrets);
}
