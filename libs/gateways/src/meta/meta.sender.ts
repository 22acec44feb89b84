import { firstMessageId } from '../identity/message-id';
import { listOf, objectOf } from '../json/json';
import type { ReplyTarget, Sender } from '../sender';
import { WHATSAPP_TEXT } from '../whatsapp-channel';
import { metaFailure } from './meta.errors';

/** A phone, as opposed to a business-scoped user id, which has its own field. */
const PHONE = /^\+?\d+$/;

type Message = Parameters<Sender['reply']>[1];

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export const metaSender: Sender = {
  channel: {
    text: WHATSAPP_TEXT,
    media: { maxCaption: 1_024 },
    buttons: { max: 3, maxId: 256, maxTitle: 20, maxText: 1_024 },
  },
  reply: (target, message, token) => call(target, token, { ...recipientOf(target), ...contentOf(message) }),
  // It belongs to a message, which it also marks as read; Meta ends it with the reply, or after 25 s.
  typing: (target, token) =>
    target.messageId === null
      ? null
      : call(target, token, {
          status: 'read',
          message_id: target.messageId,
          typing_indicator: { type: 'text' },
        }),
  failure: metaFailure,
  sentId: ({ messages }) => firstMessageId(objectOf(listOf(messages)[0]).id),
};

function recipientOf({ chatId, isGroup }: ReplyTarget): object {
  if (isGroup) return { recipient_type: 'group', to: chatId };
  return { recipient_type: 'individual', [PHONE.test(chatId) ? 'to' : 'recipient']: chatId };
}

function contentOf({ text, media, buttons }: Message): object {
  if (media) {
    const { type, url, filename } = media;
    const caption = text === '' ? {} : { caption: text };
    return { type, [type]: { link: url, ...caption, ...(type === 'document' && { filename }) } };
  }
  if (!buttons) return { type: 'text', text: { body: text } };
  const shown = buttons.map(({ id, text: title }) => ({ type: 'reply', reply: { id, title } }));
  return { type: 'interactive', interactive: { type: 'button', body: { text }, action: { buttons: shown } } };
}

function call({ account }: ReplyTarget, token: string | null, body: object): ReturnType<Sender['reply']> {
  if (account === null) return null;
  return {
    path: [account, 'messages'],
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body: { messaging_product: 'whatsapp', ...body },
  };
}
