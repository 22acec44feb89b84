/** The destination of a reply: the chat and the business's account of a batch's last message. */
export interface ReplyTarget {
  /** A session, an instance, a phone number id; null if the gateway did not say. */
  readonly account: string | null;
  /** The chat in the gateway's spelling. */
  readonly chatId: string;
  /** The message that is answered, if it has an id. */
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
 * The calls that make a gateway send something. They are only described here; the caller decides about time limits and
 * repeats. Null stands for an impossible call: the target says too little, or the gateway has no such call.
 */
export interface Sender {
  /** One text message. */
  readonly reply: (target: ReplyTarget, text: string, token: string | null) => GatewayCall | null;
  /** Shows the customer a typing indicator. */
  readonly typing: (target: ReplyTarget, token: string | null) => GatewayCall | null;
  /** True for an error answer, 5xx, that says for certain that nothing was sent: only then is a reply sent again. */
  readonly isCertainlyUnsent: (status: number, body: string) => boolean;
}
