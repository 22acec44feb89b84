import { anySecret, isSame } from '../authentication/secrets';
import type { HandshakeAnswer } from '../handshake';
import { textOf, objectOf } from '../json/json';

/** Meta's challenges are digits; a text that a browser could run is not sent back. */
const CHALLENGE = /^[\w.~-]{1,256}$/;

/**
 * Answers the handshake by which Meta verifies a webhook's owner; without a configured token it is refused.
 *
 * @param query Parsed either way: flat (`{'hub.mode': …}`) or nested (`{hub: {mode: …}}`).
 * @param tokens The values of `META_VERIFY_TOKEN`.
 */
export function verifySubscription(query: unknown, tokens: readonly string[]): HandshakeAnswer {
  const flat = objectOf(query);
  const nested = objectOf(flat.hub);
  const mode = textOf(flat['hub.mode'] ?? nested.mode);
  const challenge = textOf(flat['hub.challenge'] ?? nested.challenge);
  const token = textOf(flat['hub.verify_token'] ?? nested.verify_token);
  if (mode !== 'subscribe' || challenge === null || !CHALLENGE.test(challenge) || token === null) {
    return { verified: false, reason: 'malformed' };
  }
  return anySecret(tokens, (expected) => isSame(token, expected))
    ? { verified: true, challenge }
    : { verified: false, reason: 'mismatch' };
}
