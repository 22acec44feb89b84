import { firstMessageId } from '../identity/message-id';
import { failureByStatus } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { destinationOf } from './chatwoot.chat';

/** https://developers.chatwoot.com/api-reference/messages/create-new-message */
export const chatwootSender: Sender = {
  // Chatwoot renders Markdown for each of its inboxes. Its files are uploaded, and its options are lost in most inboxes.
  channel: { text: { maxLength: 150_000, notation: null } },
  channelOf: ({ chatId }) => ({ text: { maxLength: destinationOf(chatId).maxLength, notation: null } }),
  reply: (target, { text }, token) =>
    call('messages', target, token, { content: text, message_type: 'outgoing', private: false }),
  // Its widget ends it with the reply, or after 30 s.
  typing: (target, token) => call('toggle_typing_status', target, token, { typing_status: 'on' }),
  handover: (target, token) => call('toggle_status', target, token, { status: 'open' }),
  // A proxy that gives up on Rails answers 5xx as well, and Rails may have stored the message.
  failure: ({ status }) => failureByStatus(status, () => false),
  sentId: ({ id }) => firstMessageId(id),
};

function call(
  last: string,
  { account, chatId }: ReplyTarget,
  token: string | null,
  body: object,
): GatewayCall | null {
  if (account === null || token === null) return null;
  const { conversationId } = destinationOf(chatId);
  return {
    path: ['api', 'v1', 'accounts', account, 'conversations', conversationId, last],
    headers: { api_access_token: token },
    body,
  };
}
