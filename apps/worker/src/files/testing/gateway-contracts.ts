import type { Heard } from '../../../../../test/support/stand-in';

export const BYTES = Buffer.from('OggS and so on');
const BASE64 = BYTES.toString('base64');

/** What a gateway answers: JSON, the file, or where it is. */
export type Served = { json: object; status?: number } | { status: number } | { location: string } | 'file';

/** How a gateway gives its files, by its documentation: what its stand-in does. */
export interface Contract {
  /** A message with a file, as it posts it; hosts of the sample that are its own, or open to anybody. */
  sample: string;
  hosts?: RegExp;
  /** Applied to the sample. */
  edit?: (payload: string) => string;
  token: string;
  /** Anybody may fetch it, so that the token is not shown. */
  isOpen?: true;
  serve: (heard: Heard, url: string) => Served;
}

const isBasic = ({ headers }: Heard, token: string): boolean =>
  headers.authorization === `Basic ${Buffer.from(token).toString('base64')}`;
const isBearer = ({ headers }: Heard, token: string): boolean => headers.authorization === `Bearer ${token}`;
/** Open addresses are shown nothing by which we are known. */
const isBare = ({ headers }: Heard): boolean =>
  !['authorization', 'apikey', 'x-api-key', 'api_access_token'].some((name) => name in headers);
const openAt =
  (path: string): Contract['serve'] =>
  (heard) =>
    heard.method === 'GET' && heard.path === path && isBare(heard) ? 'file' : { status: 404 };
/** A customer's own message in place of the page's. */
const fromCustomer = (payload: string): string => {
  const { entry, ...rest } = JSON.parse(payload) as { entry: { id: string; messaging: object[] }[] };
  const message = {
    mid: 'm_1',
    attachments: [{ type: 'image', payload: { url: 'https://cdn.example.test/1.jpg?oe=1' } }],
  };
  const messaging = entry.map(({ id }) => ({
    sender: { id: '3383' },
    recipient: { id },
    timestamp: 1,
    message,
  }));
  return JSON.stringify({ ...rest, entry: [{ ...entry[0], messaging }] });
};

export const CONTRACTS: Record<string, Contract> = {
  // https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#retrieve-media-url
  meta: {
    sample: 'meta-cloud/voice.json',
    token: 'meta-token',
    serve: (heard, url) => {
      if (!isBearer(heard, 'meta-token')) return { status: 401 };
      if (heard.path === '/whatsapp_business/attachments/?mid=1') return 'file';
      const facts = { mime_type: 'audio/ogg', sha256: 'x', file_size: '14', messaging_product: 'whatsapp' };
      return heard.path === '/1234567890987654321'
        ? { json: { url: `${url}/whatsapp_business/attachments/?mid=1`, id: '1', ...facts } }
        : { status: 404 };
    },
  },
  // https://core.telegram.org/bots/api#getfile
  telegram: {
    sample: 'telegram/voice.json',
    token: '1:telegram-token',
    serve: (heard) => {
      const path = decodeURIComponent(heard.path);
      if (path === '/file/bot1:telegram-token/voice/file_1.oga') return 'file';
      const file = { file_id: 'AwACAgIAAxkBAAIB112', file_unique_id: 'x', file_size: 14 };
      return path === '/bot1:telegram-token/getFile?file_id=AwACAgIAAxkBAAIB112'
        ? { json: { ok: true, result: { ...file, file_path: 'voice/file_1.oga' } } }
        : { status: 404, json: { ok: false, error_code: 404, description: 'Not Found' } };
    },
  },
  // https://waha.devlike.pro/docs/how-to/receive-messages/#files
  waha: {
    sample: 'waha/image-caption.json',
    token: 'waha-key',
    serve: ({ path, headers }) =>
      headers['x-api-key'] !== 'waha-key'
        ? { status: 401 }
        : path === '/api/files/default/3A11AAAA5555BBBB6666.jpg'
          ? 'file'
          : { status: 404 },
  },
  // https://doc.evolution-api.com/v2/api-reference/chat-controller/get-base64
  evolution: {
    sample: 'evolution/image-base64.json',
    token: 'evolution-key',
    serve: ({ method, path, headers, body }) => {
      if (headers.apikey !== 'evolution-key') return { status: 401, json: { error: 'Unauthorized' } };
      const { message } = JSON.parse(body) as { message?: { key?: { id?: string } } };
      const isAsked = method === 'POST' && path === '/chat/getBase64FromMediaMessage/salon';
      return isAsked && message?.key?.id === '3EB0194B12B8A7F8FD4EAB'
        ? {
            status: 201,
            json: { mediaType: 'imageMessage', fileName: '1.jpeg', mimetype: 'image/jpeg', base64: BASE64 },
          }
        : {
            status: 400,
            json: { status: 400, error: 'Bad Request', response: { message: ['Message not found'] } },
          };
    },
  },
  // https://www.twilio.com/docs/messaging/api/media-resource
  twilio: {
    sample: 'twilio/whatsapp-voice.txt',
    hosts: /https%3A%2F%2Fapi\.twilio\.com|https:\/\/api\.twilio\.com/g,
    token: 'AC1:twilio-token',
    serve: (heard) => {
      if (heard.path === '/stored/1') return 'file';
      const isMedia = /^\/2010-04-01\/Accounts\/AC0+\/Messages\/MM0+a5\/Media\/ME0+a5$/.test(heard.path);
      if (!isBasic(heard, 'AC1:twilio-token')) return { status: 401 };
      return isMedia ? { location: '/stored/1' } : { status: 404 };
    },
  },
  // https://github.com/aldinokemal/go-whatsapp-web-multidevice: its webhook payloads, APP_BASIC_AUTH
  gowa: {
    sample: 'gowa/message-image-path.json',
    token: 'user:gowa-password',
    serve: (heard) =>
      !isBasic(heard, 'user:gowa-password')
        ? { status: 401 }
        : heard.path === '/statics/media/1763700001-demo.jpeg'
          ? 'file'
          : { status: 404 },
  },
  // https://github.com/wppconnect-team/wppconnect-server: src/routes/index.ts, getMediaByMessage
  wppconnect: {
    sample: 'wppconnect/onmessage-voice-autodownload.json',
    token: 'salon=wpp-token',
    serve: (heard) =>
      !isBearer(heard, 'wpp-token')
        ? { status: 401, json: { message: 'Check that a correct token was provided' } }
        : decodeURIComponent(heard.path) ===
            '/api/salon/get-media-by-message/false_79001234567@c.us_3EB0A1B2C3D4E5F60801'
          ? { json: { base64: BASE64, mimetype: 'audio/ogg; codecs=opus' } }
          : { status: 400, json: { status: 'error', message: 'Message not found' } },
  },
  // https://green-api.com/en/docs/api/receiving/notifications-format/incoming-message/AudioMessage
  'green-api': {
    sample: 'green-api/audio.json',
    hosts: /https:\/\/sw-media-out\.example\.test/g,
    token: 'green-token',
    isOpen: true,
    serve: openAt('/1101000001/9a1c.oga'),
  },
  // https://green-api.com/en/docs/api/receiving/files/DownloadFile
  'green-api, without an address': {
    sample: 'green-api/audio.json',
    edit: (payload) => payload.replace(/"downloadUrl": "[^"]+"/, '"downloadUrl": "{{SWE002}}"'),
    token: '1101000001=green-token',
    serve: ({ method, path, body }, url) => {
      if (path === '/download/1.oga') return 'file';
      const { chatId, idMessage } = JSON.parse(body || '{}') as Record<string, unknown>;
      const isAsked = method === 'POST' && path === '/waInstance1101000001/downloadFile/green-token';
      return isAsked && chatId === '79001234567@c.us' && idMessage === '3AF0E1D2C3B4A5968778'
        ? { json: { downloadUrl: `${url}/download/1.oga` } }
        : { status: path.endsWith('green-token') ? 400 : 401 };
    },
  },
  // https://dev.max.ru/docs-api/objects/Message
  max: {
    sample: 'max/audio-transcription.json',
    hosts: /https:\/\/vd\.example\.test/g,
    token: 'max-token',
    isOpen: true,
    serve: openAt('/audio/8.mp3'),
  },
  // https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks; Rails redirects to its storage
  chatwoot: {
    sample: 'chatwoot/incoming-attachments.json',
    hosts: /https:\/\/chat\.example\.test/g,
    token: 'chatwoot-token',
    isOpen: true,
    serve: (heard) =>
      heard.path === '/rails/active_storage/disk/1/a.jpg'
        ? 'file'
        : heard.path === '/rails/active_storage/blobs/redirect/demo1/a.jpg' && isBare(heard)
          ? { location: '/rails/active_storage/disk/1/a.jpg' }
          : { status: 404 },
  },
  // https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages
  messenger: {
    sample: 'messenger/echo-page-inbox.json',
    edit: fromCustomer,
    hosts: /https:\/\/cdn\.example\.test/g,
    token: 'page-token',
    isOpen: true,
    serve: openAt('/1.jpg?oe=1'),
  },
  // https://developers.facebook.com/docs/instagram-platform/webhooks/examples
  instagram: {
    sample: 'instagram/echo-image.json',
    edit: fromCustomer,
    hosts: /https:\/\/cdn\.example\.test/g,
    token: 'page-token',
    isOpen: true,
    serve: openAt('/1.jpg?oe=1'),
  },
  // https://github.com/EvolutionAPI/evolution-go: with MinIO it puts the address of its own copy beside the message
  'evolution-go, with a storage': {
    sample: 'evolution-go/image-base64.json',
    edit: (payload) =>
      payload.replace('"imageMessage":', '"mediaUrl": "https://minio.example.test/1.jpg", "imageMessage":'),
    hosts: /https:\/\/minio\.example\.test/g,
    token: 'instance-token',
    isOpen: true,
    serve: openAt('/1.jpg'),
  },
};

/** WhatsApp's own address holds the file encrypted, and the gateway gives it to nobody who has not the whole message. */
export const WITHOUT_A_WAY = ['venom/image-caption.json', 'evolution-go/image-base64.json'];
