import { deliveryStatusOf } from '../delivery-status';
import { anonymous, ignored } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { isJsonObject, type JsonObject } from '../json/json';
import { keyOf } from '../whatsapp-web/key';
import { addressed, type EvolutionContext } from './evolution-context';

/** Reads `messages.delete`. Its data is the key itself; a deletion through the API wraps it in the stored message. */
export function readDeleted(context: EvolutionContext, data: JsonObject): GatewayEvent {
  const key = isJsonObject(data.key) ? data.key : data;
  const { id: targetId, fromMe } = keyOf(key);
  if (targetId === null) return ignored(context.origin, 'malformed', ['data.id']);
  const read = addressed(context, key, data);
  if ('kind' in read && read.reason !== 'invalid-customer') return read;
  const envelope = 'kind' in read ? anonymous(context.origin) : read.envelope;
  return { ...envelope, messageId: null, senderName: null, kind: 'revoke', targetId, fromMe };
}

/**
 * Reads `messages.update`: the delivery state of a message. The fields of its key are spread over the data.
 *
 * The status `DELETED` deletes nothing: Evolution writes it if WhatsApp gave no status (evolution-api #2010).
 */
export function readUpdated(context: EvolutionContext, data: JsonObject): GatewayEvent {
  const key = isJsonObject(data.key) ? data.key : data;
  const read = addressed(context, key, data);
  const envelope = 'kind' in read ? anonymous(context.origin) : read.envelope;
  const messageId = firstMessageId(data.keyId, key.id);
  const status = deliveryStatusOf(data.status, isJsonObject(data.update) ? data.update.status : null);
  return { ...envelope, messageId, kind: 'status', status, failure: null };
}
