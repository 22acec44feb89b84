import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { type Destination, destinationOf } from './telegram.chat';

/** https://core.telegram.org/bots/api#sendmessage */
export const telegramSender: Sender = {
  reply: (target, text, token) => call('sendMessage', target, destinationOf(target.chatId), token, { text }),
  // Telegram ends it with the reply, or after 5 s; to one who writes to a channel it shows nothing.
  typing: (target, token) => {
    const to = destinationOf(target.chatId);
    if (to.direct_messages_topic_id !== undefined) return null;
    return call('sendChatAction', target, to, token, { action: 'typing' });
  },
  // Whatever stands in front of the Bot API answers 5xx too, and may have passed the message on.
  isCertainlyUnsent: () => false,
};

function call(
  method: string,
  { account }: ReplyTarget,
  to: Destination,
  token: string | null,
  fields: object,
): GatewayCall | null {
  if (token === null) return null;
  return {
    path: [`bot${token}`, method],
    headers: {},
    body: {
      // Only a business connection is an account: an update never names the bot.
      ...(account !== null && { business_connection_id: account }),
      ...to,
      ...fields,
    },
  };
}
