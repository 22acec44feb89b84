import { anySecret, isSame } from '../authentication/secrets';
import { textOf, objectOf } from '../json/json';

/** What to answer Meta's `GET`: the challenge as plain text, or a refusal. */
export type SubscriptionAnswer =
  | { readonly verified: true; readonly challenge: string }
  | { readonly verified: false; readonly reason: 'malformed' | 'mismatch' };

/** Meta's challenges are digits; anything that a browser could run is not sent back. */
const CHALLENGE = /^[\w.~-]{1,256}$/;

/**
 * Answers the handshake by which Meta verifies a webhook's owner; without a token configured, nobody is it.
 *
 * @param query Parsed either way: flat (`{'hub.mode': …}`) or nested (`{hub: {mode: …}}`).
 * @param tokens The values of `META_VERIFY_TOKEN`.
 */
export function verifySubscription(query: unknown, tokens: readonly string[]): SubscriptionAnswer {
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
