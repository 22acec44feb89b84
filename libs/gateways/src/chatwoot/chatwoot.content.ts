import { firstMessageId } from '../identity/message-id';
import {
  compact,
  fieldOf,
  firstId,
  firstText,
  joinedText,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
} from '../json/json';
import { redact } from '../json/redaction';
import { mediaReference } from '../media-reference';
import { type MediaReference, type MediaType, type MessageContent, messageContent } from '../message-content';

/** Chatwoot's words for what is attached; any other is a file if it has an address, such as a shared post. */
const TYPES: Readonly<Record<string, MediaType>> = {
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'document',
  location: 'location',
  contact: 'contacts',
  ig_reel: 'video',
  story_mention: 'image',
};

/** The content of a message; null if it says nothing. */
export function chatwootContent(message: JsonObject): MessageContent | null {
  const attachments = objectsOf(message.attachments);
  return messageContent({
    text: textIn(message),
    media: attachments.map(referenceOf),
    quotedId: firstMessageId(objectOf(message.content_attributes).in_reply_to),
    metadata: redact(compact({ location: placeIn(attachments), contacts: cardsIn(attachments) })),
  });
}

/** The words of a message, or of its voice notes, which Chatwoot adds seconds later; null if there are none. */
export function textIn({ content, attachments }: JsonObject): string | null {
  const transcribed = objectsOf(attachments).map((attachment) => attachment.transcribed_text);
  return firstText(content, joinedText('\n', ...transcribed));
}

/** What a customer has chosen of the options under a message of the business; null if nothing. */
export function choiceIn({ id, content_attributes }: JsonObject): MessageContent | null {
  const chosen = objectsOf(objectOf(content_attributes).submitted_values);
  return messageContent({
    text: joinedText('\n', ...chosen.map(({ title, value }) => firstText(title, value))),
    buttonId: chosen.length === 1 ? firstId(chosen[0]?.value) : null,
    quotedId: firstMessageId(id),
  });
}

function referenceOf(attachment: JsonObject): MediaReference | null {
  const { file_type, data_url: url, content_type: mimeType, file_size: size } = attachment;
  const type = fieldOf(TYPES, textOf(file_type) ?? '') as MediaType | undefined;
  if (type === 'location' || type === 'contacts') return { type };
  if (type === undefined && firstText(url) === null) return null;
  return mediaReference(type ?? 'document', { url, mimeType, size });
}

function placeIn(attachments: readonly JsonObject[]): JsonObject {
  const { coordinates_lat, coordinates_long, fallback_title } =
    attachments.find(({ file_type }) => file_type === 'location') ?? {};
  return compact({
    latitude: coordinates_lat,
    longitude: coordinates_long,
    name: firstText(fallback_title),
  });
}

function cardsIn(attachments: readonly JsonObject[]): JsonObject[] | null {
  const cards = attachments
    .filter(({ file_type }) => file_type === 'contact')
    .map(({ fallback_title, meta }) => {
      const { firstName, lastName } = objectOf(meta);
      return compact({ name: joinedText(' ', firstName, lastName), phones: [firstText(fallback_title)] });
    });
  return cards.length > 0 ? cards : null;
}
