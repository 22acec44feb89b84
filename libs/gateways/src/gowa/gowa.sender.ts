import type { ReplyMedia } from '@app/contracts';
import { firstMessageId } from '../identity/message-id';
import { objectOf } from '../json/json';
import { failureByStatus } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { WHATSAPP_WEB } from '../whatsapp-channel';

/** What it fetches by an address; documents it takes only as uploads. */
const FILES: Readonly<Partial<Record<ReplyMedia['type'], string>>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
};

/** https://github.com/aldinokemal/go-whatsapp-web-multidevice: docs/openapi.yaml */
export const gowaSender: Sender = {
  channel: WHATSAPP_WEB,
  reply: (target, { text, media }, token) => {
    if (!media) return call('message', target, token, { message: text });
    const type = FILES[media.type];
    return type === undefined
      ? call('message', target, token, { message: text === '' ? media.url : `${text}\n\n${media.url}` })
      : call(type, target, token, { [`${type}_url`]: media.url, ...(text !== '' && { caption: text }) });
  },
  typing: (target, token) => call('chat-presence', target, token, { action: 'start' }),
  failure: ({ status }) => failureByStatus(status, (code) => code === 503),
  sentId: ({ results }) => firstMessageId(objectOf(results).message_id),
};

function call(
  name: string,
  { account, chatId }: ReplyTarget,
  token: string | null,
  fields: object,
): GatewayCall {
  return {
    path: ['send', name],
    headers: {
      ...(token !== null && { authorization: `Basic ${Buffer.from(token).toString('base64')}` }),
      // Without it, GOWA takes the only device that it has.
      ...(account !== null && { 'x-device-id': account }),
    },
    body: { phone: chatId, ...fields },
  };
}
