import { customerIdOf } from '@app/contracts';
import { echo, emojiOf, type Envelope, ignored, messageOr, unsupported } from '../event-builder';
import type { EventOrigin, GatewayEvent, IgnoredEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import {
  firstId,
  firstText,
  flagOf,
  isJsonObject,
  type JsonObject,
  listOf,
  objectOf,
  textOf,
} from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { messagingContent, postbackContent } from './messaging.content';

/** One of the two messengers that share Meta's envelope. */
export interface Messaging {
  readonly gateway: string;
  /** How an id of a customer begins, which Meta counts for each page or account alone. */
  readonly kind: 'fb' | 'ig';
}

/** Where people of the business write: the inbox of Facebook's pages, and Instagram's there. */
const INBOXES: ReadonlySet<string> = new Set(['263902037430900', '1217981644879628']);

/** An item with its customer found. */
interface Addressed {
  readonly envelope: Envelope;
  readonly fromMe: boolean;
}

type ItemReader = (addressed: Addressed, said: JsonObject) => GatewayEvent | GatewayEvent[];

/** The fields of which an item has one. */
const READERS: Readonly<Record<string, ItemReader>> = {
  message: readMessage,
  message_edit: readEdit,
  postback: readPostback,
  reaction: readReaction,
  delivery: readDelivery,
  read: readRead,
};

/** Reads an item of `messaging`. */
export function readItem(messaging: Messaging, account: string | null, item: JsonObject): GatewayEvent[] {
  const name = Object.keys(READERS).find((each) => isJsonObject(item[each]));
  const origin: EventOrigin = { gateway: messaging.gateway, account, companyId: null };
  if (name === undefined) return [ignored(origin, 'other-event')];
  const addressed = addressedIn(messaging, origin, item);
  if ('kind' in addressed) return [addressed];
  return [READERS[name]?.(addressed, objectOf(item[name])) ?? ignored(origin, 'other-event')].flat();
}

/** The customer is the one of the two who is not the business. */
function addressedIn(
  { kind }: Messaging,
  { account, ...origin }: EventOrigin,
  { sender, recipient, message, timestamp }: JsonObject,
): Addressed | IgnoredEvent {
  const from = firstId(objectOf(sender).id);
  const to = firstId(objectOf(recipient).id);
  const fromMe = flagOf(objectOf(message).is_echo) === true || (from !== null && from === account);
  const [chatId, business] = fromMe ? [to, from] : [from, to];
  const customer = customerIdOf(`${kind}:${chatId ?? ''}`);
  const whole = { ...origin, account: account ?? business };
  if (chatId === null || customer === null)
    return ignored(whole, 'invalid-customer', [fromMe ? 'recipient' : 'sender']);
  return {
    fromMe,
    envelope: {
      ...whole,
      customer,
      chatId,
      aliases: [],
      sender: null,
      messageId: null,
      timestampMs: timestampMsOf(timestamp),
      senderName: null,
    },
  };
}

function readMessage({ envelope, fromMe }: Addressed, message: JsonObject): GatewayEvent {
  const messageId = firstMessageId(message.mid);
  // Instagram takes a message back by its own id.
  if (flagOf(message.is_deleted) === true)
    return messageId === null
      ? withoutTarget(envelope)
      : { ...envelope, kind: 'revoke', targetId: messageId, fromMe };
  const at = { ...envelope, messageId };
  if (fromMe) return echo(at, messagingContent(message), !INBOXES.has(firstId(message.app_id) ?? ''));
  const [attachment] = listOf(message.attachments);
  const type = textOf(objectOf(attachment).type);
  const isHidden = type !== null || flagOf(message.is_unsupported) === true;
  return messageOr(at, messagingContent(message), isHidden ? (it) => unsupported(it, type) : undefined);
}

/** It has the whole text, and no id but the message's. */
function readEdit({ envelope, fromMe }: Addressed, { mid, text }: JsonObject): GatewayEvent {
  const targetId = firstMessageId(mid);
  if (targetId === null) return withoutTarget(envelope);
  return { ...envelope, kind: 'edit', targetId, text: firstText(text), editId: null, fromMe };
}

function readPostback({ envelope }: Addressed, postback: JsonObject): GatewayEvent {
  return messageOr({ ...envelope, messageId: firstMessageId(postback.mid) }, postbackContent(postback));
}

function readReaction(
  { envelope, fromMe }: Addressed,
  { mid, action, emoji, reaction }: JsonObject,
): GatewayEvent {
  const text = textOf(action) === 'unreact' ? '' : emojiOf(emoji, reaction);
  return { ...envelope, kind: 'reaction', targetId: firstMessageId(mid), text, fromMe };
}

function readDelivery({ envelope }: Addressed, { mids }: JsonObject): GatewayEvent[] {
  return listOf(mids).map((mid) => ({
    ...envelope,
    messageId: firstMessageId(mid),
    kind: 'status',
    status: 'delivered',
    failure: null,
  }));
}

/** On Messenger it is a point in time, up to which all was read, and names no message. */
function readRead({ envelope }: Addressed, { mid }: JsonObject): GatewayEvent {
  const messageId = firstMessageId(mid);
  if (messageId === null) return { ...envelope, kind: 'ignored', reason: 'other-event', fields: [] };
  return { ...envelope, messageId, kind: 'status', status: 'read', failure: null };
}

function withoutTarget(envelope: Envelope): GatewayEvent {
  return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['mid'] };
}
