import { identify } from '@app/contracts';
import { firstStanzaOf } from '../identity/message-id';
import { failureByStatus } from '../send-failure';
import type { Sender } from '../sender';
import { WHATSAPP_TEXT } from '../whatsapp-channel';

/**
 * Venom has no HTTP, so its owner's code takes this call, as it forwards the messages. It gets the chat in
 * Venom's spelling, and the phone if the chat is one, and promises to answer 5xx only if nothing was sent.
 */
export const venomSender: Sender = {
  channel: { text: WHATSAPP_TEXT },
  reply: ({ account, chatId, messageId }, { text }, token) => {
    const customer = identify(chatId);
    const phone = customer.kind === 'phone' ? customer.id : null;
    return {
      path: [],
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      body: {
        phone,
        chatId: phone === null ? chatId : `${phone}@c.us`,
        session: account,
        text,
        replyTo: messageId,
      },
    };
  },
  typing: () => null,
  // A proxy in front of that code promises nothing.
  failure: ({ status }) => failureByStatus(status, (code) => code !== 502 && code !== 504),
  sentId: ({ id }) => firstStanzaOf(id),
};
