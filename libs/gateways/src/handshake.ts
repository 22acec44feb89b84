/** What to answer a handshake: the challenge as plain text, or a refusal. */
export type HandshakeAnswer =
  | { readonly verified: true; readonly challenge: string }
  | { readonly verified: false; readonly reason: 'malformed' | 'mismatch' };

/** A `GET` of the gateway's route, by which it finds out whose webhook that is. */
export interface Handshake {
  /** The environment variable that holds the tokens, any of which it must show. */
  readonly tokenVariable: string;
  /**
   * Without a token configured, nobody is verified.
   *
   * @param query Parsed either way: flat (`{'hub.mode': …}`) or nested (`{hub: {mode: …}}`).
   */
  readonly answer: (query: unknown, tokens: readonly string[]) => HandshakeAnswer;
}
