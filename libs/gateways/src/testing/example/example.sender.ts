import { PLAIN } from '@app/replies';
import { firstMessageId } from '../../identity/message-id';
import { failureByStatus } from '../../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../../sender';

/** `POST <EXAMPLE_API_URL>/bots/<bot>/messages`. */
export const exampleSender: Sender = {
  channel: { text: { maxLength: 1_000, notation: PLAIN } },
  reply: (target, { text }, token) => call('messages', target, token, { text }),
  typing: (target, token) => call('typing', target, token, {}),
  // A busy example answers 503 before it takes a message; any other 5xx leaves open what became of it.
  failure: ({ status }) => failureByStatus(status, (code) => code === 503),
  sentId: ({ id }) => firstMessageId(id),
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
