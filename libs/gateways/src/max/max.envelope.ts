import { customerIdOf } from '@app/contracts';
import { type Envelope, ignored, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { firstId, firstText, flagOf, joinedText, type JsonObject, objectOf, textOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';

/** An update names its bot only now and then, so no account is told apart: each bot needs an installation of its own. */
export const ORIGIN: EventOrigin = { gateway: 'max', account: null, companyId: null };

/**
 * Finds the customer of a message by its `recipient`, in whichever direction it went; ignored if there is none.
 *
 * @param person the one who wrote or pressed.
 */
export function readEnvelope(message: JsonObject, person: JsonObject): Envelope | IgnoredEvent {
  const { chat_id, chat_type } = objectOf(message.recipient);
  if (textOf(chat_type) === 'channel') return ignored(ORIGIN, 'channel');
  // The sign of an id says nothing of its chat.
  const isGroup = textOf(chat_type) === 'chat';
  const chatId = firstId(chat_id);
  const customer = customerIdOf(`${isGroup ? 'max-group' : 'max'}:${chatId ?? ''}`);
  if (chatId === null || customer === null) return ignored(ORIGIN, 'invalid-customer', ['recipient']);
  // Two bots that answer each other would never end.
  if (flagOf(person.is_bot) === true) return ignored(ORIGIN, 'service');
  return {
    ...ORIGIN,
    customer,
    chatId,
    aliases: [],
    sender: isGroup ? customerIdOf(`max-user:${firstId(person.user_id) ?? ''}`) : null,
    messageId: firstMessageId(objectOf(message.body).mid),
    timestampMs: timestampMsOf(message.timestamp),
    senderName: senderNameOf(nameOf(person), person.username),
  };
}

function nameOf({ first_name, last_name, name }: JsonObject): string | null {
  return firstText(joinedText(' ', first_name, last_name), name);
}
