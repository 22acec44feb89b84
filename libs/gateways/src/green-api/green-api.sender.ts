import { type ChannelRules, PLAIN, WHATSAPP } from '@app/replies';
import { tokenOf } from '../account-token';
import { firstMessageId } from '../identity/message-id';
import { failureByStatus } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { fileOf } from '../whatsapp-web/file';

/** What MAX takes of a text, and so a little less than Telegram does: their chats cannot be told apart. */
const NUMBERED: ChannelRules = { text: { maxLength: 4_000, notation: PLAIN }, media: { maxCaption: 1_024 } };

/** Longer than WhatsApp's own API takes: Green API documents it. Its buttons are in beta, and sent as text. */
const WHATSAPP_CHAT: ChannelRules = {
  text: { maxLength: 20_000, notation: WHATSAPP },
  media: { maxCaption: 1_024 },
};

// A reply waits behind the indicator in the queue of the instance, so that a long one would hold a quick bot up.
const SHORTEST_TYPING_MS = 1_000;
const LONGEST_TYPING_MS = 5_000;

/** https://green-api.com/en/docs/api/sending/ */
export const greenApiSender: Sender = {
  channel: NUMBERED,
  channelOf: ({ chatId }) => (chatId.includes('@') ? WHATSAPP_CHAT : NUMBERED),
  reply: (target, { text, media }, token) => {
    if (!media) return call('sendMessage', target, token, { message: text });
    const { url, filename } = fileOf(media);
    return call('sendFileByUrl', target, token, { urlFile: url, fileName: filename, caption: text });
  },
  typing: (target, token, forMs) => {
    const typingTime = Math.min(Math.max(Math.round(forMs), SHORTEST_TYPING_MS), LONGEST_TYPING_MS);
    return call('sendTyping', target, token, { typingTime });
  },
  // Whatever stands in front of the API answers 5xx too, and may have passed the message on.
  failure: ({ status }) => failureByStatus(status, () => false),
  sentId: ({ idMessage }) => firstMessageId(idMessage),
};

function call(
  method: string,
  { account, chatId }: ReplyTarget,
  tokens: string | null,
  fields: object,
): GatewayCall | null {
  const token = account === null ? null : tokenOf(account, tokens);
  if (account === null || token === null) return null;
  return { path: [`waInstance${account}`, method, token], headers: {}, body: { chatId, ...fields } };
}
