import { customerIdOf, phoneOf } from '@app/contracts';
import { firstMessageId } from '../identity/message-id';
import {
  compact,
  fieldOf,
  firstId,
  firstText,
  joinedText,
  type JsonObject,
  listOf,
  objectOf,
  objectsOf,
  textOf,
} from '../json/json';
import { redact } from '../json/redaction';
import { mediaReference } from '../media-reference';
import { type MediaReference, type MediaType, type MessageContent, messageContent } from '../message-content';

/** MAX's words for what a message carries; a keyboard is the bot's own, and what is shared stands in words. */
const TYPES: Readonly<Record<string, MediaType>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  file: 'document',
  sticker: 'sticker',
  contact: 'contacts',
  location: 'location',
};

/** A card's first phone; its properties stand in lines of their own. */
const TELEPHONE = /^TEL[^:\r\n]{0,64}:([^\r\n]{1,64})$/m;
const LONGEST_CARD = 4_096;

/** The content of a message; null if it says nothing that can be shown. */
export function maxContent({ body, link }: JsonObject): MessageContent | null {
  const own = objectOf(body);
  const { type, message } = objectOf(link);
  const linked = objectOf(message);
  const isForward = textOf(type) === 'forward';
  const attachments = [own, ...(isForward ? [linked] : [])].flatMap((each) => objectsOf(each.attachments));
  return messageContent({
    // A quotation is somebody else's words; what is forwarded is said anew.
    text: firstText(
      own.text,
      isForward ? linked.text : null,
      ...attachments.map((each) => each.transcription),
      ...attachments.map(sharedIn),
    ),
    media: attachments.map(referenceOf),
    // A button of the keyboard that stands in place of the customer's: its title is their text.
    buttonId: firstId(...attachments.map(({ type: kind, data }) => (kind === 'data' ? data : null))),
    quotedId: textOf(type) === 'reply' ? firstMessageId(linked.mid) : null,
    forwarded: isForward,
    metadata: redact(
      compact({
        location: placeIn(attachments),
        contacts: cardsIn(attachments),
      }),
    ),
  });
}

/** MAX's word for the first thing that a message carries; null if it carries none. */
export function attachmentNameOf({ body }: JsonObject): string | null {
  const [first] = listOf(objectOf(body).attachments);
  return textOf(objectOf(first).type);
}

/** The phone in the card of the one who sends it; another's is never taken for theirs. */
export function ownPhoneOf({ body, sender }: JsonObject): string | null {
  const cards = listOf(objectOf(body).attachments).map((each) => objectOf(objectOf(each).payload));
  const { user_id } = objectOf(sender);
  const own = cards.find(({ max_info }) => user_id !== undefined && objectOf(max_info).user_id === user_id);
  const [, phone] = TELEPHONE.exec(firstText(own?.vcf_info)?.slice(0, LONGEST_CARD) ?? '') ?? [];
  return phoneOf(customerIdOf(phone ?? '') ?? '');
}

function referenceOf(attachment: JsonObject): MediaReference | null {
  const type = fieldOf(TYPES, textOf(attachment.type) ?? '') as MediaType | undefined;
  if (type === undefined) return null;
  if (type === 'contacts' || type === 'location') return { type };
  const { url, photo_id } = objectOf(attachment.payload);
  return mediaReference(type, {
    id: photo_id,
    url,
    filename: attachment.filename,
    size: attachment.size,
  });
}

/** A link or a post of a channel that is shared without a word: its title and address. */
function sharedIn({ type, title, payload }: JsonObject): string | null {
  return textOf(type) === 'share' ? joinedText('\n', title, objectOf(payload).url) : null;
}

function placeIn(attachments: readonly JsonObject[]): JsonObject {
  const { latitude, longitude } = attachments.find(({ type }) => type === 'location') ?? {};
  return compact({ latitude, longitude });
}

function cardsIn(attachments: readonly JsonObject[]): unknown[] | null {
  const cards = attachments
    .filter(({ type }) => type === 'contact')
    .map(({ payload }) => firstText(objectOf(payload).vcf_info))
    .filter((card) => card !== null);
  return cards.length > 0 ? cards : null;
}
