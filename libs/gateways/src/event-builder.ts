import type {
  EchoEvent,
  EventBase,
  EventOrigin,
  GatewayEvent,
  IgnoredEvent,
  UnsupportedEvent,
} from './gateway-event';
import type { NoParties, Parties } from './identity/parties';
import type { IgnoredReason } from './ignored-reason';
import { firstText } from './json/json';
import type { MessageContent } from './message-content';

/** The fields of an event before its kind is known. */
export type Envelope = EventOrigin &
  Parties &
  Pick<EventBase, 'messageId' | 'timestampMs' | 'senderName' | 'topic' | 'phone'>;

const MAX_NAME_LENGTH = 256;
const MAX_TYPE_LENGTH = 64;
/** A family of four with skin tones is 25 units long. */
const MAX_EMOJI_LENGTH = 64;

/** An event without a customer: counted by its reason, with the fields that the sender could correct. */
export function ignored(
  origin: EventOrigin,
  reason: IgnoredReason,
  fields: readonly string[] = [],
): IgnoredEvent {
  const { gateway, account, companyId } = origin;
  return { ...anonymous({ gateway, account, companyId }), kind: 'ignored', reason, fields };
}

/** The part that every event has, when only its origin is known. */
export function anonymous(origin: EventOrigin): EventBase {
  return {
    ...origin,
    customer: null,
    sender: null,
    aliases: [],
    messageId: null,
    timestampMs: null,
    chatId: null,
    senderName: null,
  };
}

/** A name for the customer, cut to a sensible length; null if none of the values is one. */
export function senderNameOf(...values: readonly unknown[]): string | null {
  return firstText(...values)?.slice(0, MAX_NAME_LENGTH) ?? null;
}

/** The emoji of a reaction; '' if it was taken away. */
export function emojiOf(...values: readonly unknown[]): string {
  return firstText(...values)?.slice(0, MAX_EMOJI_LENGTH) ?? '';
}

/** True if the parties could not be found; the text is the reason to ignore. */
export function isUnidentified(parties: Parties | NoParties): parties is NoParties {
  return typeof parties === 'string';
}

/** A message, if the content says something; otherwise why it is none. */
export function messageOr(
  envelope: Envelope,
  content: MessageContent | null,
  otherwise: (envelope: Envelope) => GatewayEvent = (at) => ({
    ...at,
    kind: 'ignored',
    reason: 'empty',
    fields: ['message'],
  }),
): GatewayEvent {
  return content === null ? otherwise(envelope) : { ...envelope, ...content, kind: 'message' };
}

/** A message of the business's own. @param viaApi sent through the gateway's API, so by us. */
export function echo(envelope: Envelope, content: MessageContent | null, viaApi: boolean): EchoEvent {
  return { ...envelope, kind: 'echo', viaApi, text: content?.text ?? '' };
}

/** A customer's message of a type that cannot be shown. */
export function unsupported(envelope: Envelope, originalType: unknown): UnsupportedEvent {
  return {
    ...envelope,
    kind: 'unsupported',
    originalType: (firstText(originalType) ?? 'unknown').slice(0, MAX_TYPE_LENGTH),
  };
}
