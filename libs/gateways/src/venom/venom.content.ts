import { firstStanzaOf } from '../identity/message-id';
import { fileTypeOf, isFileText } from '../json/file-text';
import {
  compact,
  firstId,
  firstText,
  flagOf,
  isJsonObject,
  type JsonObject,
  listOf,
  objectOf,
} from '../json/json';
import { redact } from '../json/redaction';
import { mediaReference, mediaTypeOfMime, messageTypeOf, mimeTypeOf } from '../media-reference';
import {
  type MediaReference,
  type MediaType,
  type MessageContent,
  messageContent,
  type MessageType,
} from '../message-content';
import { askedInStore } from '../whatsapp-web/asked';
import { pressedOf } from '../whatsapp-web/pressed';

const ADDRESS = /^[a-z][a-z\d+.-]{1,16}:\/\//i;

/** The content of a forwarded message, under any of the names that forwarders use; null if it says nothing. */
export function venomContent(item: JsonObject): MessageContent | null {
  const declared = messageTypeOf(item.type);
  const pressed = pressedOf(item);
  const said = firstText(
    item.message,
    item.body,
    item.text,
    item.content,
    pressed.title,
    askedInStore(item).text,
  );
  // A text is never a file; a message of any other type, or of none, may have one in place of its words.
  const file = said !== null && declared !== 'text' && isFileText(said) ? said : null;
  const media = mediaOf(item, declared, file);
  const type = media[0]?.type ?? 'text';
  return messageContent({
    type,
    text: media.length === 0 ? said : captions(item, media),
    media,
    quotedId: firstStanzaOf(item.quotedId, item.quotedMsgId, objectOf(item.replyTo).id) ?? pressed.quotedId,
    buttonId: firstId(item.buttonId) ?? pressed.buttonId,
    forwarded: [item.isForwarded, item.forwarded].some((value) => flagOf(value) === true),
    metadata: redact({ ...objectOf(item.metadata), ...compact(cards(item, type)) }),
  });
}

/** Venom puts a thumbnail into `body` and `content` of every message with a file; there, only the caption is the customer's. */
function captions(item: JsonObject, media: readonly MediaReference[]): string {
  const isWhole = 'isMedia' in item || 'isMMS' in item || 'notifyName' in item;
  const beside = [item.message, item.text, isWhole ? null : item.body].map((value) => firstText(value));
  const said = beside.find((text) => text !== null && !isFileText(text));
  const texts = [firstText(item.caption) ?? said, ...media.map(({ caption }) => caption)];
  return [...new Set(texts.filter((text) => text != null))].join('\n');
}

function mediaOf(item: JsonObject, declared: MessageType | null, file: string | null): MediaReference[] {
  const type = declared === 'text' ? null : declared;
  const listed = (Array.isArray(item.media) ? listOf(item.media) : [item.media])
    .map((each) => (typeof each === 'string' && ADDRESS.test(each) ? { url: each } : each))
    .filter(isJsonObject)
    .filter(isSomething);
  if (listed.length > 0) return listed.map((each) => mediaReference(typeOfFile(each, type), each));
  const isFlagged = [item.isMedia, item.isMMS].some((value) => flagOf(value) === true);
  const mimeType = mimeTypeOf(item) ?? mimeTypeIn(item.type);
  const url = item.mediaUrl ?? item.clientUrl ?? item.deprecatedMms3Url;
  // Most messages are only words, and need no further check.
  if (type === null && file === null && mimeType === null && url == null && !isFlagged) return [];
  const suggested = mimeType === null && file !== null ? fileTypeOf(file) : mediaTypeOfMime(mimeType);
  const own = mediaReference(type ?? suggested, { ...item, id: null, url, mimeType });
  const hasFile = type !== null || isFlagged || mimeType !== null || own.url !== undefined || file !== null;
  return hasFile ? [own] : [];
}

function typeOfFile(file: JsonObject, declared: MediaType | null): MediaType {
  const type = messageTypeOf(file.type);
  return type !== null && type !== 'text' ? type : (declared ?? mediaTypeOfMime(mimeTypeOf(file)));
}

/** With `media: {}`, or one whose fields are all blank, forwarders mean that there is none. */
function isSomething(file: JsonObject): boolean {
  return Object.values(file).some((part) => part !== 0 && firstText(part) !== null);
}

/** Some forwarders give the mime type for the type. */
function mimeTypeIn(type: unknown): string | null {
  const word = firstText(type);
  return messageTypeOf(type) !== 'text' && word?.includes('/') === true ? word : null;
}

/** Content without file and words: a place, or a person's card. */
function cards(item: JsonObject, type: MessageType): JsonObject {
  if (type === 'location') {
    const { loc, address } = item;
    const place = objectOf(item.location);
    return {
      location: compact({
        latitude: item.lat ?? item.latitude ?? place.latitude,
        longitude: item.lng ?? item.longitude ?? place.longitude,
        name: loc ?? place.name,
        address: address ?? place.address,
      }),
    };
  }
  return type === 'contacts'
    ? { contacts: item.vcardList ?? item.contacts ?? item.body }
    : askedInStore(item).details;
}
