import { customerIdOf, phoneOf } from '@app/contracts';
import { type Envelope, ignored, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { firstId, firstText, type JsonObject, objectOf } from '../json/json';
import { channelNameOf, chatIdOf } from './chatwoot.chat';

/** The account is where conversations are counted; typing names it inside the conversation, or of the contact. */
export function originOf({ account, conversation, user }: JsonObject): EventOrigin {
  const places = [account, objectOf(conversation).account, objectOf(user).account];
  const ids = places.map((place) => objectOf(place).id);
  return { gateway: 'chatwoot', account: firstId(...ids), companyId: null };
}

/**
 * Finds the customer, who is the conversation: a contact may have several, each in an inbox of its own.
 *
 * @param conversation never read for a message: `messages` is the last one of it, seldom the one that is told of.
 * @param contact the customer, if this was their doing.
 */
export function readEnvelope(
  origin: EventOrigin,
  conversation: JsonObject,
  contact: JsonObject | null,
): Envelope | IgnoredEvent {
  const id = firstId(conversation.id);
  const customer = customerIdOf(`cw:${id ?? ''}`);
  if (id === null || customer === null) return ignored(origin, 'invalid-customer', ['conversation.id']);
  const phone = phoneOf(customerIdOf(firstText(contact?.phone_number) ?? '') ?? '');
  return {
    ...origin,
    customer,
    chatId: chatIdOf(id, channelNameOf(conversation)),
    sender: null,
    aliases: [],
    messageId: null,
    timestampMs: null,
    senderName: contact === null ? null : senderNameOf(contact.name),
    ...(phone !== null && { phone }),
  };
}
