import { compact, fieldOf, flagOf, isJsonObject, type JsonObject, listOf, objectOf } from '../json/json';
import { mediaReference } from '../media-reference';
import type { MediaReference, MediaType } from '../message-content';

/** A file, place or card in a message. */
export interface Attachment {
  readonly media: MediaReference;
  readonly details: JsonObject;
}

/** The fields that hold one, and what it is. */
const FIELDS: readonly (readonly [name: string, type: MediaType])[] = [
  ['imageMessage', 'image'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['audioMessage', 'audio'],
  ['documentMessage', 'document'],
  ['stickerMessage', 'sticker'],
  ['locationMessage', 'location'],
  ['liveLocationMessage', 'location'],
  ['contactMessage', 'contacts'],
  ['contactsArrayMessage', 'contacts'],
  ['orderMessage', 'order'],
];

/**
 * The attachment of a message; null if it has none.
 *
 * @param beside Where the gateway put the address of its own copy (Evolution's `mediaUrl`): unlike WhatsApp's own
 *   address, it can be fetched and read.
 */
export function attachmentOf(message: JsonObject, beside: JsonObject): Attachment | null {
  for (const [name, type] of FIELDS) {
    const part = fieldOf(message, name);
    if (!isJsonObject(part)) continue;
    const isVoice = type === 'audio' && flagOf(part.ptt ?? part.PTT) === true;
    const url = beside.mediaUrl ?? message.mediaUrl ?? part.url ?? part.URL;
    const file = { ...part, url, caption: type === 'order' ? part.message : part.caption };
    return { media: mediaReference(isVoice ? 'voice' : type, file), details: detailsOf(type, part) };
  }
  return null;
}

function detailsOf(type: MediaType, part: JsonObject): JsonObject {
  if (type === 'location') return { location: placeOf(part) };
  if (type === 'contacts')
    return { contacts: (Array.isArray(part.contacts) ? listOf(part.contacts) : [part]).map(cardOf) };
  return type === 'order' ? { order: orderOf(part) } : {};
}

function orderOf({
  orderId,
  orderID,
  itemCount,
  totalAmount1000,
  totalCurrencyCode,
}: JsonObject): JsonObject {
  return compact({ orderId: orderId ?? orderID, itemCount, totalAmount1000, totalCurrencyCode });
}

function placeOf({ degreesLatitude, degreesLongitude, name, address }: JsonObject): JsonObject {
  return compact({ latitude: degreesLatitude, longitude: degreesLongitude, name, address });
}

function cardOf(card: unknown): JsonObject {
  const { displayName, vcard } = objectOf(card);
  return compact({ displayName, vcard });
}
