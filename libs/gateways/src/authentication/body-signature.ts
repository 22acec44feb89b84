import { createHmac } from 'node:crypto';
import { anySecret, isSame } from './secrets';
import { refused, type Verdict } from './verdict';

/** Checks a lowercase hex HMAC over the raw bytes against every secret. */
export function checkBodySignature(
  algorithm: 'sha256' | 'sha512',
  signature: string | null,
  rawBody: Uint8Array,
  secrets: readonly string[],
): Verdict {
  if (signature === null) return refused('missing');
  const matches = (secret: string): boolean =>
    isSame(signature, createHmac(algorithm, secret).update(rawBody).digest('hex'));
  return anySecret(secrets, matches) ? { accepted: true, by: 'signature' } : refused('mismatch');
}
