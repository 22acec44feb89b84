import { firstMessageId } from '../identity/message-id';
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
import { type MediaReference, type MessageContent, messageContent } from '../message-content';
import { pollOf } from '../whatsapp-web/asked';

/** Stands in place of the words that could not be decrypted; the keys are lost, and nothing comes later. */
const UNREADABLE = /^\{\{(SWE\d{3})\}\}$/;

/** The content of `messageData`; null if it says nothing that can be shown. */
export function greenApiContent(data: JsonObject): MessageContent | null {
  const media = mediaIn(data);
  const pressed = pressedIn(data);
  const { name, options } = objectOf(data.pollMessageData);
  const invite = objectOf(data.groupInviteMessageData);
  const cards = cardsIn(data);
  return messageContent({
    text: firstText(
      wordsIn(data),
      media?.caption,
      pressed.text,
      offeredIn(data),
      name,
      invite.caption,
      invite.groupName,
    ),
    media: [media],
    // Either form of a quotation says whose words it repeats; those are never the customer's.
    quotedId: firstMessageId(
      objectOf(data.quotedMessage).stanzaId,
      objectOf(data.extendedTextMessageData).stanzaId,
      pressed.quotedId,
    ),
    buttonId: pressed.id,
    forwarded: partsOf(data).some(isForwarded),
    metadata: redact(
      compact({
        location: placeOf(data.locationMessageData),
        contacts: cards.length > 0 ? cards : null,
        poll: pollOf(name, options),
      }),
    ),
  });
}

/** Green API's word for what it could not read; null if it could. */
export function unreadableIn(data: JsonObject): string | null {
  const [, marker] = UNREADABLE.exec(wordsIn(data)?.trim() ?? '') ?? [];
  return marker ?? null;
}

/** The new words of `editedMessage`, or the new caption; null if there are none to read. */
export function editedTextIn({ editedMessageData }: JsonObject): string | null {
  const { textMessage, caption } = objectOf(editedMessageData);
  const text = firstText(textMessage, caption);
  return text === null || UNREADABLE.test(text.trim()) ? null : text;
}

function wordsIn({ textMessageData, extendedTextMessageData }: JsonObject): string | null {
  return firstText(objectOf(textMessageData).textMessage, objectOf(extendedTextMessageData).text);
}

/** A file, place or card. */
function mediaIn(data: JsonObject): MediaReference | null {
  const { typeMessage, fileMessageData: file, locationMessageData: place } = data;
  if (isJsonObject(file)) {
    const named = messageTypeOf(typeMessage);
    const type = named === null || named === 'text' ? mediaTypeOfMime(mimeTypeOf(file)) : named;
    const { downloadUrl: url, caption, fileName, mimeType } = file;
    return mediaReference(type, { url, caption, fileName, mimeType });
  }
  if (isJsonObject(place)) return { type: 'location' };
  return cardsIn(data).length > 0 ? { type: 'contacts' } : null;
}

interface Pressed {
  readonly text: string | null;
  readonly id: string | null;
  readonly quotedId: unknown;
}

/** A pressed button or a chosen row. */
function pressedIn(data: JsonObject): Pressed {
  const button = objectOf(data.buttonsResponseMessage);
  // The type of such a message is spelt with an s more than its object.
  const template = objectOf(data.templateButtonReplyMessage ?? data.templateButtonsReplyMessage);
  const row = objectOf(data.listResponseMessage);
  const native = objectOf(data.interactiveButtonsResponse);
  return {
    text: firstText(
      button.selectedButtonText,
      template.selectedDisplayText,
      row.title,
      native.selectedDisplayText,
    ),
    id: firstId(
      button.selectedButtonId,
      template.selectedId,
      row.singleSelectReply,
      objectOf(row.singleSelectReply).selectedRowId,
      native.selectedId,
    ),
    quotedId: [button, template, row, native].find(({ stanzaId }) => stanzaId != null)?.stanzaId,
  };
}

/** The text above the buttons in another business's message, or in a forwarded one. */
function offeredIn(data: JsonObject): string | null {
  const { buttonsMessage, listMessage, templateMessage, interactiveButtons, interactiveButtonsReply } = data;
  return firstText(
    ...[buttonsMessage, listMessage, templateMessage].map((part) => objectOf(part).contentText),
    // Its documentation has either name.
    ...[interactiveButtons, interactiveButtonsReply]
      .map(objectOf)
      .map(({ body, contentText }) => firstText(body, contentText)),
  );
}

function placeOf(place: unknown): JsonObject {
  const { latitude, longitude, nameLocation, address } = objectOf(place);
  return compact({ latitude, longitude, name: firstText(nameLocation), address: firstText(address) });
}

/** Several cards stand one level deeper in some versions than in others. */
function cardsIn({ contactMessageData, contacts, messageData }: JsonObject): JsonObject[] {
  return [contactMessageData, ...listOf(contacts), ...listOf(objectOf(messageData).contacts)]
    .filter(isJsonObject)
    .map(({ displayName, vcard }) => compact({ displayName: firstText(displayName), vcard }));
}

function partsOf(data: JsonObject): JsonObject[] {
  return Object.entries(data)
    .filter(([name]) => name !== 'quotedMessage')
    .map(([, part]) => objectOf(part));
}

function isForwarded({ isForwarded: flag, forwardingScore }: JsonObject): boolean {
  return flagOf(flag) === true || Number(forwardingScore) > 0;
}
