import { compact, firstId, firstText, isJsonObject, type JsonObject, listOf, objectOf } from '../json/json';
import { isBlob, redact } from '../json/redaction';
import { firstStanzaOf } from '../identity/message-id';
import { mediaReference, mediaTypeOfMime, messageTypeOf, mimeTypeOf } from '../media-reference';
import {
  type MediaReference,
  type MediaType,
  type MessageContent,
  messageContent,
  type MessageType,
} from '../message-content';

/** What a forwarded message says, under any of the names that forwarders use; null where it says nothing. */
export function venomContent(item: JsonObject): MessageContent | null {
  const declared = messageTypeOf(item.type);
  const media = mediaOf(item, declared);
  return messageContent({
    type: media[0]?.type ?? 'text',
    text: media.length === 0 ? words(item) : captions(item, media),
    media,
    quotedId: quotedIdOf(item),
    buttonId: buttonIdOf(item),
    forwarded: item.isForwarded === true || item.forwarded === true,
    metadata: redact({ ...objectOf(item.metadata), ...compact(cards(item, declared)) }),
  });
}

function words(item: JsonObject): string | null {
  const said = firstText(item.message, item.body, item.text, item.content);
  // A message of a type that is not known may have a file where its words would be.
  const mayBeFile = firstText(item.type) !== null && messageTypeOf(item.type) === null;
  return said !== null && mayBeFile && isBlob(said) ? null : said;
}

/** Venom has a thumbnail in `body` and `content` of whatever has a file; there, only the caption is the customer's. */
function captions(item: JsonObject, media: readonly MediaReference[]): string {
  const isWhole = 'isMedia' in item || 'isMMS' in item || 'notifyName' in item;
  const beside = isWhole ? [] : [item.message, item.text, item.body].map((value) => firstText(value));
  const said = beside.find((text) => text !== null && !isBlob(text));
  const texts = [firstText(item.caption) ?? said, ...media.map(({ caption }) => caption)];
  return [...new Set(texts.filter((text) => text != null))].join('\n');
}

function mediaOf(item: JsonObject, declared: MessageType | null): MediaReference[] {
  const type = declared === 'text' ? null : declared;
  const listed = (Array.isArray(item.media) ? listOf(item.media) : [item.media]).filter(isJsonObject);
  const references = listed.map((file) => mediaReference(typeOfFile(file, type), file)).filter(isSomething);
  if (references.length > 0) return references;
  const own = mediaReference(type ?? typeOfFile(item, null), {
    ...item,
    id: null,
    url: item.mediaUrl ?? item.clientUrl ?? item.deprecatedMms3Url,
  });
  return type !== null || own.url !== undefined ? [own] : [];
}

function typeOfFile(file: JsonObject, declared: MediaType | null): MediaType {
  const type = messageTypeOf(file.type);
  return type !== null && type !== 'text' ? type : (declared ?? mediaTypeOfMime(mimeTypeOf(file)));
}

/** `media: {}` is how some forwarders write that there is none. */
function isSomething({ id, url, mimeType, filename }: MediaReference): boolean {
  return [id, url, mimeType, filename].some((part) => part !== undefined);
}

function quotedIdOf(item: JsonObject): string | null {
  const quoted = [item.quotedStanzaID, item.quotedStanzaId, item.quotedId, item.quotedMsgId];
  const messages = [item.quotedMsg, item.quotedMsgObj, item.replyTo].map((message) => objectOf(message).id);
  return firstStanzaOf(...quoted, ...messages);
}

function buttonIdOf(item: JsonObject): string | null {
  const chosen = objectOf(objectOf(item.listResponse).singleSelectReply);
  return firstId(
    item.buttonId,
    item.selectedButtonId,
    item.selectedId,
    item.selectedRowId,
    chosen.selectedRowId,
  );
}

/** What has no file and no words: a place, or somebody's card. */
function cards(item: JsonObject, declared: MessageType | null): JsonObject {
  if (declared === 'location') {
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
  return declared === 'contacts' ? { contacts: item.vcardList ?? item.contacts ?? item.body } : {};
}
