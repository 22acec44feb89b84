import { firstMessageId } from '../identity/message-id';
import { firstText, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { failureByStatus, type SendFailure } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { WHATSAPP_WEB } from '../whatsapp-channel';
import { fileOf } from '../whatsapp-web/file';

/** https://doc.evolution-api.com/v2/api-reference/message-controller/send-text */
export const evolutionSender: Sender = {
  channel: WHATSAPP_WEB,
  reply: (target, { text, media }, token) => {
    if (!media) return call(['message', 'sendText'], target, token, { text });
    const { url, mimetype, filename } = fileOf(media);
    const fields = { mediatype: media.type, media: url, mimetype, fileName: filename, caption: text };
    return call(['message', 'sendMedia'], target, token, fields);
  },
  // Evolution answers when the time is over.
  typing: (target, token, forMs) =>
    call(['chat', 'sendPresence'], target, token, { delay: forMs, presence: 'composing' }),
  failure: ({ status, json }) => spokenFailure(json) ?? failureByStatus(status, (code) => code === 503),
  sentId: ({ key }) => firstMessageId(objectOf(key).id),
};

/** What Evolution says in words, whatever its status: 400 and 500 come with either. */
function spokenFailure({ response }: JsonObject): SendFailure | null {
  for (const said of [objectOf(response).message].flat()) {
    // WhatsApp's socket was closed when the message was to be written to it.
    if (/connection closed/i.test(firstText(said) ?? ''))
      return { kind: 'unsent', why: 'its connection to WhatsApp is closed' };
    if (isJsonObject(said) && said.exists === false)
      return { kind: 'refused', why: 'the customer has no WhatsApp' };
  }
  return null;
}

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
