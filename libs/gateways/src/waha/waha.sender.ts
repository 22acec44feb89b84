import type { GatewayCall, ReplyTarget, Sender } from '../sender';

/** WAHA's name for the session of an installation that has only one. */
const DEFAULT_SESSION = 'default';

/** https://waha.devlike.pro/docs/how-to/send-messages/ */
export const wahaSender: Sender = {
  reply: (target, text, token) => call(['api', 'sendText'], target, token, { text }),
  typing: (target, token) => call(['api', 'startTyping'], target, token, {}),
  isCertainlyUnsent: (status) => status === 503,
};

function call(
  path: readonly string[],
  { account, chatId }: ReplyTarget,
  token: string | null,
  fields: object,
): GatewayCall {
  return {
    path,
    headers: token === null ? {} : { 'x-api-key': token },
    body: { session: account ?? DEFAULT_SESSION, chatId, ...fields },
  };
}
