import { identify } from '@app/contracts';
import type { Sender } from '../sender';

/**
 * Venom has no HTTP: what takes this call is its owner's code, as what forwards messages is. It is told the chat as
 * Venom spells it, and the phone where that is one, and promises to answer 5xx only where nothing was sent.
 */
export const venomSender: Sender = {
  reply: ({ account, chatId, messageId }, text, token) => {
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
  // What stands in front of that code promises nothing.
  isCertainlyUnsent: (status) => status !== 502 && status !== 504,
};
