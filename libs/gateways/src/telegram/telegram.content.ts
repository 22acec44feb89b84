import { formText } from '../form';
import {
  compact,
  firstId,
  firstText,
  isJsonObject,
  joinedText,
  type JsonObject,
  listOf,
  objectOf,
} from '../json/json';
import { redact } from '../json/redaction';
import { type MessageContent, messageContent } from '../message-content';
import { topicOf } from './telegram.chat';
import { messageIdOf } from './telegram.envelope';
import { telegramMedia } from './telegram.media';
import { richWords } from './telegram.rich';

/** The content of a message; null if it says nothing that can be shown. */
export function telegramContent(message: JsonObject): MessageContent | null {
  const media = telegramMedia(message);
  const poll = objectOf(message.poll);
  const checklist = objectOf(message.checklist);
  return messageContent({
    text: firstText(
      message.text,
      message.caption,
      richWords(message.rich_message),
      objectOf(message.dice).emoji,
      poll.question,
      joinedText('\n', checklist.title, ...(textsOf(checklist.tasks) ?? [])),
      answerOf(message.web_app_data),
    ),
    media: [media],
    quotedId: quotedIdOf(message),
    forwarded: isJsonObject(message.forward_origin),
    metadata: redact(
      compact({
        // One update for each file of an album; this is what they share.
        album: message.media_group_id,
        location: placeOf(message),
        contacts: cardsOf(message.contact),
        poll: compact({ name: poll.question, options: textsOf(poll.options) }),
        dice: message.dice,
        // Words of the other message, of which only these are answered.
        quote: objectOf(message.quote).text,
        webApp: message.web_app_data,
      }),
    ),
  });
}

/** The message that this one answers; none where every message of a topic seems to answer the one that opened it. */
function quotedIdOf(message: JsonObject): string | null {
  const { message_id } = objectOf(message.reply_to_message);
  const topic = topicOf(message);
  return topic !== null && topic === firstId(message_id) ? null : messageIdOf(message.chat, message_id);
}

/** A customer's answers in a web app, which they need not have written. */
function answerOf(webAppData: unknown): string | null {
  const { data, button_text } = objectOf(webAppData);
  return formText(data) ?? firstText(data, button_text);
}

function placeOf({ location, venue }: JsonObject): JsonObject {
  const { latitude, longitude } = objectOf(location ?? objectOf(venue).location);
  const { title, address } = objectOf(venue);
  return compact({ latitude, longitude, name: title, address });
}

function cardsOf(contact: unknown): unknown[] | null {
  if (!isJsonObject(contact)) return null;
  const { first_name, last_name, phone_number } = contact;
  return [compact({ name: joinedText(' ', first_name, last_name), phones: [phone_number] })];
}

function textsOf(options: unknown): string[] | null {
  const texts = listOf(options)
    .map((option) => firstText(objectOf(option).text))
    .filter((text) => text !== null);
  return texts.length > 0 ? texts : null;
}
