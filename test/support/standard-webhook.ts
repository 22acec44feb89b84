import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Heard } from './stand-in';

/** Verifies a call by the text of Standard Webhooks 1.0, without its reference library. */
export function isSignedWith(secret: string, { headers, body }: Heard): boolean {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  const given = String(headers['webhook-signature']).split(' ');
  return (
    isFresh &&
    given.some((signature) => {
      const [version, text = ''] = signature.split(',');
      const bytes = Buffer.from(text, 'base64');
      return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
    })
  );
}
