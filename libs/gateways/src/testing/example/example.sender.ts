import type { GatewayCall, ReplyTarget, Sender } from '../../sender';

/** `POST <EXAMPLE_API_URL>/bots/<bot>/messages`. */
export const exampleSender: Sender = {
  reply: (target, text, token) => call('messages', target, token, { text }),
  typing: (target, token) => call('typing', target, token, {}),
  // A busy example answers 503 before it takes a message; any other 5xx leaves open what became of it.
  isCertainlyUnsent: (status) => status === 503,
};

function call(
  last: string,
  { account, chatId }: ReplyTarget,
  token: string | null,
  fields: object,
): GatewayCall | null {
  if (account === null) return null;
  return {
    path: ['bots', account, last],
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body: { to: chatId, ...fields },
  };
}
