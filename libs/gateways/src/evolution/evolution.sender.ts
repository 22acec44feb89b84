import type { GatewayCall, ReplyTarget, Sender } from '../sender';

/** How long the customer sees the indicator; Evolution answers when it is over. */
const TYPING_MS = 10_000;

/** https://doc.evolution-api.com/v2/api-reference/message-controller/send-text */
export const evolutionSender: Sender = {
  reply: (target, text, token) => call(['message', 'sendText'], target, token, { text }),
  typing: (target, token) =>
    call(['chat', 'sendPresence'], target, token, { delay: TYPING_MS, presence: 'composing' }),
  isCertainlyUnsent: (status) => status === 503,
};

function call(
  path: readonly string[],
  { account, chatId }: ReplyTarget,
  token: string | null,
  fields: object,
): GatewayCall | null {
  if (account === null) return null;
  return {
    path: [...path, account],
    headers: token === null ? {} : { apikey: token },
    // Evolution accepts a number or any of its chat ids.
    body: { number: chatId, ...fields },
  };
}
