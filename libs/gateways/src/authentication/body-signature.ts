import { createHmac } from 'node:crypto';
import { anySecret, isSame } from './secrets';
import { refused, type Verdict } from './verdict';

const FORMS = { sha256: /^[\da-f]{64}$/, sha512: /^[\da-f]{128}$/ } as const;

/** Checks a lowercase hex HMAC over the raw bytes, with `head` in front of them if there is one, against every secret. */
export function checkBodySignature(
  algorithm: 'sha256' | 'sha512',
  signature: string | null,
  rawBody: Uint8Array | null,
  secrets: readonly string[],
  head = '',
): Verdict {
  if (signature === null) return refused('missing');
  // A signature of another form is wrong for every body.
  if (!FORMS[algorithm].test(signature)) return refused('mismatch');
  if (rawBody === null) return refused('unread');
  const matches = (secret: string): boolean =>
    isSame(signature, createHmac(algorithm, secret).update(head).update(rawBody).digest('hex'));
  return anySecret(secrets, matches) ? { accepted: true, by: 'signature' } : refused('mismatch');
}
