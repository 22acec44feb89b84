import type { ReplyMedia } from '@app/contracts';
import { type RichMessage, STYLED } from '@app/replies';
import { type JsonObject, objectOf } from '../json/json';
import { failureByStatus } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { type Destination, destinationOf } from './telegram.chat';
import { entitiesOf, MOST_ENTITIES, WRITTEN_OUT } from './telegram.entities';
import { messageIdOf } from './telegram.envelope';

/** https://core.telegram.org/bots/api#sendmessage */
export const telegramSender: Sender = {
  channel: {
    text: { maxLength: 4_096, maxStyles: MOST_ENTITIES, notation: STYLED, additions: WRITTEN_OUT },
    media: { maxCaption: 1_024 },
    // An id has 64 bytes, and a UTF-16 unit up to 3 of them.
    buttons: { max: 8, maxId: 21, maxTitle: 64, maxText: 4_096 },
  },
  reply: (target, message, token) => {
    const to = destinationOf(target.chatId);
    if (message.media) return fileCall(message.media, message, target, to, token);
    const { text, styles, buttons } = message;
    const keyboard = buttons?.map(({ id, text: title }) => [{ text: title, callback_data: id }]);
    return call('sendMessage', target, to, token, {
      text,
      ...(styles && { entities: entitiesOf(styles) }),
      ...(keyboard && { reply_markup: { inline_keyboard: keyboard } }),
    });
  },
  // Telegram ends it with the reply, or after 5 s; to one who writes to a channel it shows nothing.
  typing: (target, token) => {
    const to = destinationOf(target.chatId);
    if (to.direct_messages_topic_id !== undefined) return null;
    return call('sendChatAction', target, to, token, { action: 'typing' });
  },
  pressed: (messageId, token) => apiCall('answerCallbackQuery', token, { callback_query_id: messageId }),
  // Whatever stands in front of the Bot API answers 5xx too, and may have passed the message on.
  failure: ({ status, json }) => ({ ...failureByStatus(status, () => false), ...askedIn(json) }),
  sentId: ({ result }) => {
    const { chat, message_id } = objectOf(result);
    return messageIdOf(chat, message_id);
  },
};

const FILES = {
  image: ['sendPhoto', 'photo'],
  video: ['sendVideo', 'video'],
  audio: ['sendAudio', 'audio'],
  document: ['sendDocument', 'document'],
} as const satisfies Record<ReplyMedia['type'], readonly [method: string, field: string]>;

function fileCall(
  { type, url }: ReplyMedia,
  { text: caption, styles }: RichMessage,
  target: ReplyTarget,
  to: Destination,
  token: string | null,
): GatewayCall | null {
  const [method, field] = FILES[type];
  return call(method, target, to, token, {
    [field]: url,
    ...(caption !== '' && { caption }),
    ...(styles && { caption_entities: entitiesOf(styles) }),
  });
}

/** How long Telegram asks us to wait. */
function askedIn({ parameters }: JsonObject): { retryAfterMs?: number } {
  const { retry_after: seconds } = objectOf(parameters);
  return typeof seconds === 'number' ? { retryAfterMs: seconds * 1000 } : {};
}

function call(
  method: string,
  { account }: ReplyTarget,
  to: Destination,
  token: string | null,
  fields: object,
): GatewayCall | null {
  // Only a business connection is an account: an update never names the bot.
  return apiCall(method, token, {
    ...(account !== null && { business_connection_id: account }),
    ...to,
    ...fields,
  });
}

function apiCall(method: string, token: string | null, body: object): GatewayCall | null {
  return token === null ? null : { path: [`bot${token}`, method], headers: {}, body };
}
