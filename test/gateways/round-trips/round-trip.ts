/** A call of a gateway's API, its body as JSON or as the fields of a form. */
export interface Call {
  readonly path: string;
  readonly body: object;
}

/**
 * One conversation as a gateway posts it and takes it. What stands as null, that gateway never tells, or has no call for. Messages are
 * numbered, and each gateway makes an id of the number.
 */
export interface RoundTrip {
  readonly gateway: string;
  /** The variables with which its replies go to this address. */
  readonly env: (api: string) => Record<string, string>;
  readonly customer: string;
  /** The business's account, which stands for its company here. */
  readonly account: string | null;
  readonly channel: string;
  readonly says: (number: number, text: string) => object;
  readonly edits: ((number: number, text: string) => object) | null;
  readonly takesBack: ((number: number) => object) | null;
  /** The bot's own words come back. */
  readonly ours: object | null;
  /** A colleague has answered in the bot's place. */
  readonly colleague: object | null;
  /** What its API answers to a message. */
  readonly sent: object;
  readonly showsTyping: Call | null;
  readonly sends: Call;
  /** A part of the variables that no line of a log may show. */
  readonly token: string;
}

/** The customer of every WhatsApp gateway, each time of another account. */
export const PHONE = '79001234567';
export const REPLY = 'Есть!';
