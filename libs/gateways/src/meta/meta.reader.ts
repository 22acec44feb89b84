import { ignored } from '../event-builder';
import type { EventOrigin, GatewayEvent } from '../gateway-event';
import type { IgnoredReason } from '../ignored-reason';
import { firstId, isJsonObject, type JsonObject, listOf, objectOf, textOf } from '../json/json';
import { contactsOf } from './meta.contacts';
import type { MetaContext } from './meta.envelope';
import { readEcho, readMessage } from './meta.message';
import { readStatus } from './meta.status';

/** Subscription fields that bring messages; a body without a field is judged by its contents. */
const MESSAGE_FIELDS: ReadonlySet<string | null> = new Set([
  null,
  'messages',
  'smb_message_echoes',
  'message_echoes',
]);

/**
 * Reads a webhook of the Cloud API: any number of accounts, changes, messages, echoes and statuses in one POST.
 *
 * Some services pass on only a part of it: an entry, a change (as Meta's dashboard shows one to copy), its value, or a
 * list of them (as n8n's trigger does); each is read as well.
 */
export function readMeta(payload: unknown): GatewayEvent[] {
  if (Array.isArray(payload) && payload.length > 0) return payload.flatMap(readPart);
  return readPart(payload);
}

function readPart(part: unknown): GatewayEvent[] {
  const envelope = objectOf(part);
  if (Array.isArray(envelope.entry)) return envelope.entry.flatMap(readEntry);
  if (Array.isArray(envelope.changes)) return readEntry(envelope);
  if (isJsonObject(envelope.value)) return readChange(envelope);
  const isBare = ['messages', 'message_echoes', 'statuses'].some((name) => Array.isArray(envelope[name]));
  return isBare
    ? readValue(textOf(envelope.field), envelope)
    : [ignored(originOf({}), 'malformed', ['entry'])];
}

function readEntry(entry: unknown): GatewayEvent[] {
  const { changes } = objectOf(entry);
  if (!Array.isArray(changes)) return [ignored(originOf({}), 'malformed', ['changes'])];
  return changes.flatMap(readChange);
}

function readChange(change: unknown): GatewayEvent[] {
  const { field, value } = objectOf(change);
  return readValue(textOf(field), objectOf(value));
}

function readValue(field: string | null, value: JsonObject): GatewayEvent[] {
  const origin = originOf(value);
  if (!MESSAGE_FIELDS.has(field)) return [ignored(origin, field === 'history' ? 'history' : 'other-event')];
  const context: MetaContext = { origin, contacts: contactsOf(value.contacts) };
  const events = [
    ...listOf(value.messages).map((message) => readEach(readMessage, context, message)),
    ...listOf(value.message_echoes).map((message) => readEach(readEcho, context, message)),
    ...listOf(value.statuses).map((status) => readEach(readStatus, context, status)),
  ];
  return events.length > 0 ? events : [ignored(origin, reasonForNothing(value))];
}

function readEach(
  read: (context: MetaContext, item: JsonObject) => GatewayEvent,
  context: MetaContext,
  item: unknown,
): GatewayEvent {
  return isJsonObject(item) ? read(context, item) : ignored(context.origin, 'malformed');
}

function reasonForNothing({ errors }: JsonObject): IgnoredReason {
  return listOf(errors).length > 0 ? 'gateway-error' : 'malformed';
}

function originOf(value: JsonObject): EventOrigin {
  const { phone_number_id } = objectOf(value.metadata);
  return { gateway: 'meta', account: firstId(phone_number_id), companyId: null };
}
