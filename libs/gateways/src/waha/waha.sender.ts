import type { ReplyMedia } from '@app/contracts';
import { firstStanzaOf } from '../identity/message-id';
import { fieldOf, firstText, type JsonObject, objectOf } from '../json/json';
import { failureByStatus, type SendFailure } from '../send-failure';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';
import { WHATSAPP_WEB } from '../whatsapp-channel';
import { fileOf } from '../whatsapp-web/file';

/** WAHA's name for the session of an installation that has only one. */
const DEFAULT_SESSION = 'default';

/** Sounds are sent as files: as voice notes they would have to be Opus. */
const FILE_CALLS = {
  image: 'sendImage',
  video: 'sendVideo',
  audio: 'sendFile',
  document: 'sendFile',
} as const satisfies Record<ReplyMedia['type'], string>;

/** https://waha.devlike.pro/docs/how-to/send-messages/ */
export const wahaSender: Sender = {
  channel: WHATSAPP_WEB,
  reply: (target, { text, media }, token) =>
    media
      ? call(FILE_CALLS[media.type], target, token, { file: fileOf(media), caption: text })
      : call('sendText', target, token, { text }),
  typing: (target, token) => call('startTyping', target, token, {}),
  failure: ({ status, json }) => sessionFailure(json) ?? failureByStatus(status, (code) => code === 503),
  // One engine writes the id, another the key that has it.
  sentId: ({ id, key }) => firstStanzaOf(id, objectOf(key).id),
};

/** What WAHA says of a session that does not work, beside the state it was to be in; nothing was sent then. */
const SESSIONS: Readonly<Record<string, SendFailure>> = {
  STARTING: { kind: 'unsent', why: 'its session is starting' },
  SCAN_QR_CODE: { kind: 'refused', why: 'its session waits for its QR code to be scanned' },
  STOPPED: { kind: 'refused', why: 'its session is stopped' },
  FAILED: { kind: 'refused', why: 'its session has failed and must be restarted' },
};

function sessionFailure({ status, expected }: JsonObject): SendFailure | null {
  if (expected === undefined) return null;
  return (fieldOf(SESSIONS, firstText(status) ?? '') as SendFailure | undefined) ?? null;
}

function call(
  name: string,
  { account, chatId }: ReplyTarget,
  token: string | null,
  fields: object,
): GatewayCall {
  return {
    path: ['api', name],
    headers: token === null ? {} : { 'x-api-key': token },
    body: { session: account ?? DEFAULT_SESSION, chatId, ...fields },
  };
}
