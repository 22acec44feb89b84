import { readCompanyId } from '../company-id';
import { echo, ignored, messageOr, unsupported } from '../event-builder';
import type { EventOrigin, GatewayEvent } from '../gateway-event';
import { isFromWebClient } from '../identity/message-id';
import { firstId, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { messageTypeOf } from '../media-reference';
import { silenceOf } from '../whatsapp-web/notices';
import { type Callback, callbackOf } from './venom.callback';
import { venomContent } from './venom.content';
import { kindByShape, readControl } from './venom.control';
import { readVenomItem } from './venom.item';

/**
 * Reads what users' own code posts: one object, a list of them, or `{messages: […], companyId}`, each in the
 * contract's spellings or as a whole Venom object.
 */
export function readVenom(payload: unknown): GatewayEvent[] {
  const envelope = objectOf(payload);
  if (Array.isArray(payload)) return payload.map((item) => readPosted(item, {}));
  if (Array.isArray(envelope.messages)) return envelope.messages.map((item) => readPosted(item, envelope));
  return [readPosted(payload, {})];
}

function readPosted(posted: unknown, envelope: JsonObject): GatewayEvent {
  const anywhere: EventOrigin = { gateway: 'venom', account: null, companyId: null };
  if (!isJsonObject(posted)) return ignored(anywhere, 'malformed');
  const { kind, item } = callbackOf(posted);
  const company = readCompanyId(item.companyId ?? envelope.companyId);
  if (!company.valid) return ignored(anywhere, 'invalid-field', ['companyId']);
  const account = firstId(item.session, envelope.session);
  return readForwarded({ gateway: 'venom', account, companyId: company.companyId }, { kind, item });
}

/** Reads one object that a forwarder posted, in the contract's spellings or whole. Never throws. */
export function readForwarded(origin: EventOrigin, { kind, item }: Callback): GatewayEvent {
  if (kind === 'other') return ignored(origin, 'other-event');
  return readItem(origin, kind === 'shape' ? kindByShape(item) : kind, item);
}

function readItem(origin: EventOrigin, kind: ReturnType<typeof kindByShape>, item: JsonObject): GatewayEvent {
  const read = readVenomItem(origin, kind, item);
  if ('kind' in read) return atFault(read, item);
  const { envelope, fromMe } = read;
  if (kind !== 'message' && kind !== 'shape') return readControl(kind, item, envelope, fromMe);
  if (fromMe) return echo(envelope, venomContent(item), isFromWebClient(envelope.messageId));
  if (silenceOf(item.type) === 'undecrypted')
    return { ...envelope, kind: 'ignored', reason: 'undecrypted', fields: [] };
  const isKnown = item.type === undefined || messageTypeOf(item.type) !== null;
  return messageOr(envelope, venomContent(item), isKnown ? undefined : (at) => unsupported(at, item.type));
}

/** Names every field that a forwarder would have to correct, not only the first. */
function atFault(event: GatewayEvent & { kind: 'ignored' }, item: JsonObject): GatewayEvent {
  if (event.reason !== 'invalid-customer' || venomContent(item) !== null) return event;
  return { ...event, fields: [...event.fields, 'message'] };
}
