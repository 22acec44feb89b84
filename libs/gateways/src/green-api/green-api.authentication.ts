import { type AuthenticRequest, headerOf } from '../authentication/request';
import { anySecret, isSame } from '../authentication/secrets';
import { refused, type Verdict } from '../authentication/verdict';

/** The token stands as it is behind either word: Green API does not encode what it calls Basic. */
const AUTHORIZATION = /^(?:Bearer|Basic) +(\S+)$/i;

/** Checks `Authorization`: the instance's `webhookUrlToken`; the body is not signed. */
export function authenticateGreenApi({ headers }: AuthenticRequest, secrets: readonly string[]): Verdict {
  const header = headerOf(headers, 'authorization');
  if (header === null) return refused('missing');
  const [, token] = AUTHORIZATION.exec(header) ?? [];
  if (token === undefined) return refused('malformed');
  return anySecret(secrets, (secret) => isSame(token, secret))
    ? { accepted: true, by: 'token' }
    : refused('mismatch');
}
