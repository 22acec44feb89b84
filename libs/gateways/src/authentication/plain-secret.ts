import { type AuthenticRequest, headerOf } from './request';
import { anySecret, isSame } from './secrets';
import { refused, type Verdict } from './verdict';

/** Checks a secret that a gateway sends as it is, in a header of its own; the body is not signed. */
export function checkPlainSecret(
  { headers }: AuthenticRequest,
  header: string,
  secrets: readonly string[],
): Verdict {
  const presented = headerOf(headers, header);
  if (presented === null) return refused('missing');
  return anySecret(secrets, (secret) => isSame(presented, secret))
    ? { accepted: true, by: 'token' }
    : refused('mismatch');
}
