import { customerIdOf } from '@app/contracts';
import { type Envelope, ignored, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { firstId, flagOf, isJsonObject, joinedText, type JsonObject, objectOf, textOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { chatIdOf, topicOf, writerToChannel } from './telegram.chat';

/** Telegram's own chat, which sends codes to sign in with. */
const TELEGRAM_ITSELF = '777000';

/** A message of Telegram's with its chat found. */
export interface TelegramMessage {
  readonly envelope: Envelope;
  /** The business has sent it: its owner, its bot, Telegram in its name, or who answers for a channel. */
  readonly fromMe: boolean;
}

/** An update never names its bot: the account is the business connection, or null in the bot's own chats. */
export function originOf(connection: unknown): EventOrigin {
  return { gateway: 'telegram', account: firstId(connection), companyId: null };
}

/** The id of a message, which counts in its chat alone; null if there is none. */
export function messageIdOf(chat: unknown, number: unknown): string | null {
  const id = firstMessageId(number);
  const chatId = firstId(objectOf(chat).id);
  return id === null || chatId === null ? null : `${chatId}:${id}`;
}

/**
 * Finds the customer of a message, or of anything else that has a `chat`; ignored if there is none.
 *
 * @param from the one who wrote, pressed or reacted.
 */
export function readTelegramMessage(
  message: JsonObject,
  from: unknown = message.from,
): TelegramMessage | IgnoredEvent {
  const origin = originOf(message.business_connection_id);
  const chat = objectOf(message.chat);
  const person = objectOf(from);
  const type = textOf(chat.type);
  if (type === 'channel' || flagOf(message.is_automatic_forward) === true) return ignored(origin, 'channel');
  const isGroup = type === 'group' || type === 'supergroup';
  const id = firstId(chat.id);
  const customer = customerIdOf(`${isGroup ? 'tg-group' : 'tg'}:${id ?? ''}`);
  const chatId = chatIdOf(message);
  if (id === null || customer === null || chatId === null)
    return ignored(origin, 'invalid-customer', ['chat']);
  // Two bots that answer each other would never end. A group's anonymous admin has a bot's name in place of theirs.
  const isBot = flagOf(person.is_bot) === true && !isJsonObject(message.sender_chat);
  const writer = writerToChannel(message);
  // Only in these two kinds of chat does the other side's part come in as well.
  const partner = origin.account === null ? writer : id;
  const fromMe = partner !== null && firstId(person.id) !== partner;
  if (id === TELEGRAM_ITSELF || (isBot && !fromMe)) return ignored(origin, 'service');
  const topic = isGroup ? topicOf(message) : null;
  return {
    fromMe,
    envelope: {
      ...origin,
      customer,
      chatId,
      aliases: [],
      sender: isGroup ? memberOf(message, writer ?? firstId(person.id)) : null,
      ...(topic !== null && { topic }),
      messageId: messageIdOf(chat, message.message_id),
      timestampMs: timestampMsOf(message.date),
      senderName: fromMe ? null : nameOf(person),
    },
  };
}

/** Null for who speaks in the name of the group or of a channel. */
function memberOf(message: JsonObject, person: string | null): string | null {
  const isAnonymous = isJsonObject(message.sender_chat) && writerToChannel(message) === null;
  return isAnonymous ? null : customerIdOf(`tg:${person ?? ''}`);
}

function nameOf({ first_name, last_name, username }: JsonObject): string | null {
  return senderNameOf(joinedText(' ', first_name, last_name), username);
}
