import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { placeOf } from './telegram.chat';

/** https://core.telegram.org/bots/api#sendmessage */
export const telegramSender: Sender = {
  reply: (target, text, token) => call('sendMessage', target, token, { text }),
  // Telegram ends it with the reply, or after 5 s.
  typing: (target, token) => call('sendChatAction', target, token, { action: 'typing' }),
  // Whatever stands in front of the Bot API answers 5xx too, and may have passed the message on.
  isCertainlyUnsent: () => false,
};

function call(
  method: string,
  { account, chatId }: ReplyTarget,
  token: string | null,
  fields: object,
): GatewayCall | null {
  if (token === null) return null;
  const { chat, thread } = placeOf(chatId);
  return {
    path: [`bot${token}`, method],
    headers: {},
    body: {
      // Only a business connection is an account: an update never names the bot.
      ...(account !== null && { business_connection_id: account }),
      chat_id: chat,
      ...(thread !== null && { message_thread_id: thread }),
      ...fields,
    },
  };
}
