import { createHmac } from 'node:crypto';
import { type AuthenticRequest, headerOf, type RequestHeaders } from '../authentication/request';
import { anySecret, isSame } from '../authentication/secrets';
import { refused, type Verdict } from '../authentication/verdict';
import { valuesByName } from '../json/form-fields';

/** SHA-1 in base64. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

/** Twilio sends some sixty; a stranger's body must not be sorted at any length before it is refused. */
const MOST_FIELDS = 1_000;

const STANDARD_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/**
 * Checks `X-Twilio-Signature`: the base64 HMAC-SHA1, under the auth token, of the address that Twilio was given and of every
 * field, sorted by name, with its value: https://www.twilio.com/docs/usage/security#validating-requests
 *
 * Fields come unannounced and are signed, so all that came are taken. The address is the one in front of a proxy, which
 * `PUBLIC_URL` says; without it, it is made of the request's `Host`.
 */
export function authenticateTwilio(
  { headers, rawBody, url, publicUrl }: AuthenticRequest,
  secrets: readonly string[],
): Verdict {
  const signature = headerOf(headers, 'x-twilio-signature');
  if (signature === null || url === undefined) return refused('missing');
  if (!SIGNATURE.test(signature)) return refused('mismatch');
  if (rawBody === null) return refused('unread');
  const fields = signedFields(rawBody);
  if (fields === null) return refused('malformed');
  const bases = publicUrl == null ? basesBy(headers) : [publicUrl];
  const addresses = bases.flatMap(spellingsOf).map((base) => `${base}${url}`);
  const matches = (secret: string): boolean =>
    addresses.some((address) =>
      isSame(signature, createHmac('sha1', secret).update(`${address}${fields}`).digest('base64')),
    );
  return anySecret(secrets, matches) ? { accepted: true, by: 'signature' } : refused('mismatch');
}

/** Each name with each of its distinct values, in order; null if they are more than Twilio sends. */
function signedFields(rawBody: Uint8Array): string | null {
  const text = Buffer.from(rawBody).toString();
  if (text.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) return null;
  const fields = [...valuesByName(text)].sort(([one], [other]) => (one < other ? -1 : 1));
  return fields
    .flatMap(([name, values]) => [...new Set(values)].sort().map((value) => `${name}${value}`))
    .join('');
}

/** The host that was asked for, under either scheme: who ended the encryption is not known. */
function basesBy(headers: RequestHeaders): string[] {
  const host = headerOf(headers, 'host');
  return ['https', 'http'].map((scheme) => `${scheme}://${host ?? ''}`).filter((base) => URL.canParse(base));
}

/** Twilio signs an address now with, now without its port. */
function spellingsOf(base: string): string[] {
  const { protocol, hostname, port, pathname } = new URL(base);
  const path = pathname.replace(/\/$/, '');
  return ['', `:${port || STANDARD_PORTS[protocol]}`].map((end) => `${protocol}//${hostname}${end}${path}`);
}
