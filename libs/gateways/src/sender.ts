/** Where a reply goes: to the chat, and from the business's own end, of the last message of a batch. */
export interface ReplyTarget {
  /** A session, an instance, a phone number id; null where the gateway did not say. */
  readonly account: string | null;
  /** The chat as the gateway spelt it. */
  readonly chatId: string;
  /** The message that is answered, where it has an id. */
  readonly messageId: string | null;
}

/** A `POST` of JSON to the gateway's API. */
export interface GatewayCall {
  /** Segments below the API's address, not encoded; none: the address itself. */
  readonly path: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/**
 * What is asked of a gateway to say something. Nothing is sent here: whoever does that decides about time limits and
 * repeats. Null stands for what cannot be asked: the target says too little, or the gateway has no such call.
 */
export interface Sender {
  /** One text message. */
  readonly reply: (target: ReplyTarget, text: string, token: string | null) => GatewayCall | null;
  /** Shows the customer that somebody types. */
  readonly typing: (target: ReplyTarget, token: string | null) => GatewayCall | null;
  /** True for an error answer, 5xx, that says for certain that nothing was sent: only then is a reply sent again. */
  readonly isCertainlyUnsent: (status: number, body: string) => boolean;
}
