import { stanzaOf } from '../identity/message-id';
import { fileTypeOf, isFileText } from '../json/file-text';
import { compact, firstText, flagOf, isJsonObject, type JsonObject, listOf, objectOf } from '../json/json';
import { redact } from '../json/redaction';
import { isVcard } from '../json/vcard';
import { mediaReference, mediaTypeOfMime, messageTypeOf, mimeTypeOf } from '../media-reference';
import { type MediaReference, type MediaType, type MessageContent, messageContent } from '../message-content';
import { askedInStore } from '../whatsapp-web/asked';
import { contentOf } from '../whatsapp-web/content';
import { pressedOf } from '../whatsapp-web/pressed';

/** The message in the engine's form, for what WAHA's own fields leave out; empty under WEBJS. */
export function engineMessageOf(payload: JsonObject): JsonObject {
  const { message, Message } = objectOf(payload._data);
  return objectOf(message ?? Message);
}

/** The content of a WAHA message; null if it says nothing. */
export function wahaContent(payload: JsonObject, session: JsonObject): MessageContent | null {
  const data = objectOf(payload._data);
  const engine = contentOf(engineMessageOf(payload));
  const media = mediaOf(payload, data, engine);
  const pressed = pressedOf(data);
  const asked = askedInStore(data);
  const body = firstText(payload.body, engine?.text, pressed.title, asked.text);
  return messageContent({
    text: (media !== null && isCard(media.type)) || isFile(data.type, body) ? '' : body,
    media: [media],
    quotedId: stanzaOf(objectOf(payload.replyTo).id) ?? engine?.quotedId ?? pressed.quotedId,
    buttonId: engine?.buttonId ?? pressed.buttonId,
    forwarded: engine?.forwarded === true || flagOf(data.isForwarded) === true,
    metadata: {
      ...engine?.metadata,
      ...redact(compact({ session, ...asked.details, ...cardsOf(payload, media) })),
    },
  });
}

/** Only a text is never a file, whatever it looks like. */
function isFile(type: unknown, body: string | null): body is string {
  return body !== null && messageTypeOf(type) !== 'text' && isFileText(body);
}

/** Under WEBJS a place's `body` is a picture of it and a card's is the card: neither is the customer's words. */
function isCard(type: MediaType): boolean {
  return type === 'location' || type === 'contacts';
}

function mediaOf(
  payload: JsonObject,
  data: JsonObject,
  engine: MessageContent | null,
): MediaReference | null {
  const [held] = engine?.media ?? [];
  const declared = messageTypeOf(data.type);
  if (flagOf(payload.hasMedia) === true || isJsonObject(payload.media)) {
    const file = objectOf(payload.media);
    const named = declared === 'text' ? null : declared;
    const type = held?.type ?? named ?? mediaTypeOfMime(mimeTypeOf(file));
    // The engine's address leads to encrypted bytes; only WAHA's own copy can be fetched.
    const url = file.url ?? payload.mediaUrl;
    return mediaReference(type, { ...held, ...compact(file), id: null, url });
  }
  if (isJsonObject(payload.location)) return mediaReference('location', { url: payload.location.url });
  if (listOf(payload.vCards).length > 0) return { type: 'contacts' };
  // WEBJS has a type for content without a file, such as a place.
  if (held !== undefined) return held;
  if (declared !== null) return declared === 'text' ? null : { type: declared };
  const body = firstText(payload.body);
  return isFile(data.type, body) ? { type: fileTypeOf(body) } : null;
}

function cardsOf({ location, vCards, body }: JsonObject, media: MediaReference | null): JsonObject {
  const { latitude, longitude, name, title, description, address } = objectOf(location);
  const cards = media?.type === 'contacts' && isVcard(firstText(body) ?? '') ? [body] : null;
  return {
    location: compact({ latitude, longitude, name: name ?? title ?? description, address }),
    contacts: listOf(vCards).length > 0 ? vCards : cards,
  };
}
