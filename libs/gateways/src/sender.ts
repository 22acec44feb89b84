import type { ChannelRules, RichMessage } from '@app/replies';
import type { JsonObject } from './json/json';
import type { FailedAnswer, SendFailure } from './send-failure';

/** The destination of a reply: the chat and the business's account of a batch's last message. */
export interface ReplyTarget {
  /** A session, an instance, a phone number id; null if the gateway did not say. */
  readonly account: string | null;
  /** The chat in the gateway's spelling. */
  readonly chatId: string;
  readonly isGroup: boolean;
  /** The message that is answered, if it has an id. */
  readonly messageId: string | null;
}

/** A `POST` to the gateway's API. */
export interface GatewayCall {
  /** Segments below the API's address, not encoded; none: the address itself. */
  readonly path: readonly string[];
  /** Added to the address's own. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  /** How the body is written; JSON if left out. A form's fields are all text. */
  readonly bodyFormat?: 'json' | 'form';
}

/**
 * The calls that make a gateway send something. They are only described here; the caller decides about time limits and
 * repeats. Null stands for an impossible call: the target says too little, or the gateway has no such call.
 */
export interface Sender {
  /** What one message may be; `reply` gets no other. */
  readonly channel: ChannelRules;
  /** What one message may be in this chat, where a gateway leads to several messengers; `channel` elsewhere. */
  readonly channelOf?: (target: ReplyTarget) => ChannelRules;
  /** One message. */
  readonly reply: (target: ReplyTarget, message: RichMessage, token: string | null) => GatewayCall | null;
  /** Shows the customer a typing indicator, for about this long, ms, if the gateway lets one choose. */
  readonly typing: (target: ReplyTarget, token: string | null, forMs: number) => GatewayCall | null;
  /** Ends the waiting that the customer sees at a button they have pressed; left out where they see none. */
  readonly pressed?: (messageId: string, token: string | null) => GatewayCall | null;
  /** Leaves the chat to humans, where the gateway knows who answers it; made again, it changes nothing. */
  readonly handover?: (target: ReplyTarget, token: string | null) => GatewayCall | null;
  /** What an answer other than 2xx means; `unsent` only if it is certain, because the reply is then sent again. */
  readonly failure: (answer: FailedAnswer) => SendFailure;
  /** The id of the message that an answer of 2xx says was sent, as `messageId` of its status has it; null if it does not say. */
  readonly sentId: (answer: JsonObject) => string | null;
}
