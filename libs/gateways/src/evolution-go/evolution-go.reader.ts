import { deliveryStatusOf } from '../delivery-status';
import { echo, ignored, messageOr, unsupported } from '../event-builder';
import type { EventOrigin, GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import {
  fieldOf,
  firstId,
  flagOf,
  isJsonObject,
  type JsonObject,
  listOf,
  objectOf,
  textOf,
} from '../json/json';
import { presenceEvent } from '../presence';
import { controlEvent } from '../whatsapp-web/acting';
import { contentOf } from '../whatsapp-web/content';
import { controlOf } from '../whatsapp-web/control';
import { stubSilenceOf } from '../whatsapp-web/notices';
import { type Addressed, addressed } from './evolution-go.envelope';

/** @param state of a receipt, which stands beside `data`. */
type Reader = (origin: EventOrigin, data: JsonObject, state: unknown) => GatewayEvent | GatewayEvent[];

const READERS: Readonly<Record<string, Reader>> = {
  Message: (origin, data) => readMessage(origin, data, 'elsewhere'),
  SendMessage: (origin, data) => readMessage(origin, data, 'api'),
  Receipt: readReceipt,
  ChatPresence: readPresence,
};

/** What the customer's phone reports; `ReadSelf` is the business's own. */
const RECEIPTS: ReadonlySet<string> = new Set(['delivered', 'read', 'played']);

/** Fields that are not part of what was said. */
const BESIDE_THE_POINT: ReadonlySet<string> = new Set(['messageContextInfo', 'base64', 'mediaUrl']);

/** Reads `{event, instanceName, instanceId, data, state?}`. `instanceToken` beside them is a secret, and not read. */
export function readEvolutionGo(payload: unknown): GatewayEvent[] {
  const { event, instanceName, instanceId, data, state } = objectOf(payload);
  const account = firstId(instanceName, instanceId);
  const origin: EventOrigin = { gateway: 'evolution-go', account, companyId: null };
  const name = textOf(event);
  if (name === null) return [ignored(origin, 'malformed', ['event'])];
  const read = fieldOf(READERS, name) as Reader | undefined;
  if (read === undefined) return [ignored(origin, name === 'HistorySync' ? 'history' : 'other-event')];
  if (!isJsonObject(data)) return [ignored(origin, 'malformed', ['data'])];
  return [read(origin, data, state)].flat();
}

/**
 * Reads a message, received or our own; edits, deletions and reactions come this way too. whatsmeow does not report what it
 * sent itself, so our own `Message` was written on the phone or another client, and `SendMessage` by the API.
 */
function readMessage(origin: EventOrigin, data: JsonObject, sentBy: 'api' | 'elsewhere'): GatewayEvent {
  const found = addressed(origin, objectOf(data.Info));
  if ('kind' in found) return found;
  const { envelope, fromMe } = found;
  const message = objectOf(data.Message);
  const control = controlOf(message);
  const isOurs = fromMe || sentBy === 'api';
  if (control !== null) return controlEvent(envelope, control, isOurs);
  return isOurs ? echo(envelope, contentOf(message), sentBy === 'api') : said(found, data, message);
}

function said({ envelope }: Addressed, data: JsonObject, message: JsonObject): GatewayEvent {
  const content = contentOf(message);
  const type = hiddenTypeOf(data) ?? Object.keys(message).find((name) => !BESIDE_THE_POINT.has(name));
  const silence = content === null && type === undefined ? stubSilenceOf(objectOf(data.SourceWebMsg)) : null;
  if (silence !== null) return { ...envelope, kind: 'ignored', reason: silence, fields: [] };
  return messageOr(envelope, content, type === undefined ? undefined : (at) => unsupported(at, type));
}

/** WhatsApp sends what is to be seen once only to phones; of the message a linked client gets nothing but this. */
function hiddenTypeOf({ IsViewOnce, IsViewOnceV2, IsViewOnceV2Extension }: JsonObject): 'view_once' | null {
  const flags = [IsViewOnce, IsViewOnceV2, IsViewOnceV2Extension];
  return flags.some((flag) => flagOf(flag) === true) ? 'view_once' : null;
}

/** One receipt may be of several messages. */
function readReceipt(origin: EventOrigin, data: JsonObject, state: unknown): GatewayEvent[] {
  const found = addressed(origin, data);
  if ('kind' in found) return [found];
  const { envelope, fromMe } = found;
  const type = textOf(state)?.toLowerCase() ?? '';
  if (fromMe || !RECEIPTS.has(type))
    return [{ ...envelope, kind: 'ignored', reason: 'other-event', fields: [] }];
  return listOf(data.MessageIDs).map((id) => ({
    ...envelope,
    messageId: firstMessageId(id),
    kind: 'status',
    status: deliveryStatusOf(type),
    failure: null,
  }));
}

function readPresence(origin: EventOrigin, data: JsonObject): GatewayEvent {
  const found = addressed(origin, data);
  if ('kind' in found) return found;
  const { envelope, fromMe } = found;
  // The business types on its phone.
  if (fromMe) return { ...envelope, kind: 'ignored', reason: 'other-event', fields: [] };
  const isVoice = textOf(data.State) === 'composing' && textOf(data.Media) === 'audio';
  return presenceEvent(envelope, isVoice ? 'recording' : data.State);
}
