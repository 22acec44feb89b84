import { type AuthenticRequest, headerOf } from './request';
import { anySecret, isSame } from './secrets';
import { refused, type Verdict } from './verdict';

const BASIC = /^Basic +(\S+)$/i;

/** Checks a secret in the address that a gateway posts to, `?secret=…`; the body is not signed. */
export function checkAddressQuery({ url }: AuthenticRequest, secrets: readonly string[]): Verdict {
  const [, query = ''] = url?.split('?', 2) ?? [];
  const presented = new URLSearchParams(query).getAll('secret');
  const [shown] = presented;
  if (shown === undefined || presented.length > 1) return refused('missing');
  return shows(shown, secrets);
}

/**
 * Checks the secret of a gateway that can be told nothing but an address: the password in `https://any:<secret>@host/…`, which
 * clients send as HTTP Basic, whatever its user; without one, `?secret=…`. A wrong password is not made good by that.
 */
export function checkAddress(request: AuthenticRequest, secrets: readonly string[]): Verdict {
  const header = headerOf(request.headers, 'authorization');
  if (header === null) return checkAddressQuery(request, secrets);
  const [, encoded] = BASIC.exec(header) ?? [];
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  return password === undefined ? refused('malformed') : shows(password, secrets);
}

function shows(shown: string, secrets: readonly string[]): Verdict {
  return anySecret(secrets, (secret) => isSame(shown, secret))
    ? { accepted: true, by: 'token' }
    : refused('mismatch');
}
