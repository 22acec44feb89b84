import { ignored } from '../event-builder';
import type { EventOrigin, GatewayEvent } from '../gateway-event';
import { fieldOf, flagOf, type JsonObject, objectOf, textOf } from '../json/json';
import { presenceEvent } from '../presence';
import { originOf, readEnvelope } from './chatwoot.envelope';
import { readCreated, readUpdated } from './chatwoot.message';
import { readStatus } from './chatwoot.status';

type Reader = (origin: EventOrigin, body: JsonObject) => GatewayEvent;

/** The events that are read, of account webhooks and of agent bots. */
const READERS: Readonly<Record<string, Reader>> = {
  message_created: readCreated,
  message_updated: readUpdated,
  conversation_typing_on: (origin, body) => readTyping(origin, body, 'typing'),
  conversation_typing_off: (origin, body) => readTyping(origin, body, 'paused'),
  conversation_status_changed: readStatus,
  conversation_opened: readStatus,
  conversation_resolved: readStatus,
};

/** Reads a webhook of Chatwoot: `{event, account, conversation, …}`; a conversation's own event is the conversation itself. */
export function readChatwoot(payload: unknown): GatewayEvent[] {
  const body = objectOf(payload);
  const origin = originOf(body);
  const event = textOf(body.event);
  if (event === null) return [ignored(origin, 'malformed', ['event'])];
  const read = fieldOf(READERS, event) as Reader | undefined;
  return [read?.(origin, body) ?? ignored(origin, 'other-event')];
}

/** A colleague's typing has a type, and is not the customer's. */
function readTyping(
  origin: EventOrigin,
  { user, conversation, is_private }: JsonObject,
  word: string,
): GatewayEvent {
  const contact = objectOf(user);
  const envelope = readEnvelope(origin, objectOf(conversation), contact);
  if ('kind' in envelope) return envelope;
  if (textOf(contact.type) !== null || flagOf(is_private) === true)
    return { ...envelope, senderName: null, kind: 'ignored', reason: 'other-event', fields: [] };
  return presenceEvent(envelope, word);
}
