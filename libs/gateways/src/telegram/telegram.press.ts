import { ignored } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { firstId, firstText, isJsonObject, type JsonObject, listOf, objectOf } from '../json/json';
import { messageContent } from '../message-content';
import { messageIdOf, originOf, readTelegramMessage } from './telegram.envelope';

/** Reads `callback_query`: a pressed button. The message in it is the bot's own: neither its author nor its time is the customer's. */
export function readPress({ id, from, message, data }: JsonObject): GatewayEvent {
  // A button under what an inline bot wrote elsewhere: there is no chat to answer in.
  if (!isJsonObject(message)) return ignored(originOf(null), 'other-event');
  const read = readTelegramMessage({ ...message, sender_chat: null }, from);
  if ('kind' in read) return read;
  const { envelope, fromMe } = read;
  // The owner of a business has pressed a button of their own bot.
  if (fromMe) return { ...envelope, kind: 'ignored', reason: 'other-event', fields: [] };
  const content = messageContent({
    text: titleOf(message.reply_markup, data),
    buttonId: firstId(data),
    quotedId: messageIdOf(message.chat, message.message_id),
  });
  // A game's button has no data; what it opens is not ours.
  if (content === null) return { ...envelope, kind: 'ignored', reason: 'other-event', fields: [] };
  return { ...envelope, ...content, kind: 'message', messageId: firstMessageId(id), timestampMs: null };
}

/** The words on the button with these data; null if its keyboard is gone. */
function titleOf(replyMarkup: unknown, data: unknown): string | null {
  const buttons = listOf(objectOf(replyMarkup).inline_keyboard).flatMap(listOf).map(objectOf);
  return firstText(buttons.find(({ callback_data }) => callback_data === data)?.text);
}
