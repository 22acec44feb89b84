import { identify } from '@app/contracts';
import { tokenOf } from '../account-token';
import { firstStanzaOf } from '../identity/message-id';
import { type JsonObject, listOf, objectOf } from '../json/json';
import { failureByStatus, type SendFailure } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { WHATSAPP_WEB } from '../whatsapp-channel';
import { fileOf } from '../whatsapp-web/file';

/** https://github.com/wppconnect-team/wppconnect-server: src/routes/index.ts, src/controller/messageController.ts */
export const wppconnectSender: Sender = {
  channel: WHATSAPP_WEB,
  reply: (target, { text, media }, tokens) =>
    media
      ? call('send-file', target, tokens, {
          path: media.url,
          filename: fileOf(media).filename,
          caption: text,
        })
      : call('send-message', target, tokens, { message: text }),
  typing: (target, tokens) => call('typing', target, tokens, { value: true }),
  failure: ({ status, json }) =>
    connectionFailure(status, json) ?? failureByStatus(status, (code) => code === 503),
  sentId: ({ response }) => firstStanzaOf(objectOf(listOf(response)[0]).id),
};

/** Its middleware says how the session stands, and that it is connected only where it did not find the number. */
function connectionFailure(code: number, { status }: JsonObject): SendFailure | null {
  if (code === 404 && status === 'Disconnected')
    return { kind: 'unsent', why: 'its session is not connected' };
  // It answers that, and sends all the same.
  if (code === 400 && status === 'Connected')
    return { kind: 'unknown', why: 'it did not find the number, and may have sent to it' };
  return null;
}

function call(
  name: string,
  { account, chatId, isGroup }: ReplyTarget,
  tokens: string | null,
  fields: object,
): GatewayCall | null {
  const token = tokenOf(account, tokens);
  if (account === null || token === null) return null;
  return {
    path: ['api', account, name],
    headers: { authorization: `Bearer ${token}` },
    // It takes the digits alone of a chat, and by these for what they are.
    body: { phone: chatId, isGroup, isLid: identify(chatId).kind === 'lid', ...fields },
  };
}
