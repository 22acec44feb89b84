import { isJsonObject } from '../json/json';
import type { ReplyTarget, Sender } from '../sender';

/** A phone, as opposed to a business-scoped user id, which has its own field. */
const PHONE = /^\+?\d+$/;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export const metaSender: Sender = {
  reply: (target, text, token) =>
    call(target, token, {
      recipient_type: 'individual',
      [PHONE.test(target.chatId) ? 'to' : 'recipient']: target.chatId,
      type: 'text',
      text: { body: text },
    }),
  // It belongs to a message, which it also marks as read; Meta ends it with the reply, or after 25 s.
  typing: (target, token) =>
    target.messageId === null
      ? null
      : call(target, token, {
          status: 'read',
          message_id: target.messageId,
          typing_indicator: { type: 'text' },
        }),
  // An error of the Graph API refuses the whole request; a bare 5xx may come from any server on the way.
  isCertainlyUnsent: (_status, body) => hasGraphError(body),
};

function call({ account }: ReplyTarget, token: string | null, body: object): ReturnType<Sender['reply']> {
  if (account === null) return null;
  return {
    path: [account, 'messages'],
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body: { messaging_product: 'whatsapp', ...body },
  };
}

function hasGraphError(body: string): boolean {
  try {
    const answer: unknown = JSON.parse(body);
    return isJsonObject(answer) && isJsonObject(answer.error) && typeof answer.error.code === 'number';
  } catch {
    return false;
  }
}
