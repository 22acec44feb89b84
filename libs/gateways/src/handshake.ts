/** The answer to a handshake: the challenge as plain text, or a refusal. */
export type HandshakeAnswer =
  | { readonly verified: true; readonly challenge: string }
  | { readonly verified: false; readonly reason: 'malformed' | 'mismatch' };

/** A `GET` of the gateway's route by which it verifies the webhook's owner. */
export interface Handshake {
  /** The environment variable that holds the tokens; the request must carry one of them. */
  readonly tokenVariable: string;
  /**
   * Without a configured token, every request is refused.
   *
   * @param query Parsed either way: flat (`{'hub.mode': …}`) or nested (`{hub: {mode: …}}`).
   */
  readonly answer: (query: unknown, tokens: readonly string[]) => HandshakeAnswer;
}
