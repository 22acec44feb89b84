import { bearerOf, headerOf, type RequestHeaders } from './request';
import { anySecret, isSame } from './secrets';
import { refused, type Verdict } from './verdict';

/** Checks the secret itself, in `x-webhook-secret`, `authorization: Bearer` or `x-api-key`, the first that is present. */
export function checkSharedSecret(headers: RequestHeaders, secrets: readonly string[]): Verdict {
  const presented =
    headerOf(headers, 'x-webhook-secret') ?? bearerOf(headers) ?? headerOf(headers, 'x-api-key');
  if (presented === null) return refused('missing');
  return anySecret(secrets, (secret) => isSame(presented, secret))
    ? { accepted: true, by: 'shared-secret' }
    : refused('mismatch');
}
