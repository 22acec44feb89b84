import type { EventOrigin, GatewayEvent, IgnoredEvent } from '../gateway-event';
import { isJsonObject, type JsonObject, listOf, objectOf, textOf } from '../json/json';
import { readEnvelope } from './chatwoot.envelope';

/** Of these two, the bot is asked again: a conversation that is resolved begins anew with the customer's next message. */
const BOTS: ReadonlySet<string | null> = new Set(['pending', 'resolved']);

/**
 * Reads a change of a conversation's status, which says who answers: `pending`, the bot; `open`, humans. One that was resolved or put off
 * and is open again may have been opened by the customer's own message, so that nobody has taken it over.
 */
export function readStatus(origin: EventOrigin, conversation: JsonObject): GatewayEvent {
  const envelope = readEnvelope(origin, conversation, null);
  if ('kind' in envelope) return envelope;
  return { ...envelope, kind: 'ignored', reason: 'other-event', fields: [], ...attendedBy(conversation) };
}

function attendedBy(conversation: JsonObject): Pick<IgnoredEvent, 'attendedBy'> {
  const status = textOf(conversation.status);
  const before = previousStatusOf(conversation);
  if (before === status) return {};
  if (BOTS.has(status)) return { attendedBy: 'bot' };
  const isTakenOver = status === 'open' && (before === 'pending' || isOpenedForHumans(conversation, before));
  return isTakenOver ? { attendedBy: 'humans' } : {};
}

/** Only agent bots are told so, and what they answer is pending until then. */
function isOpenedForHumans({ event }: JsonObject, before: string | null): boolean {
  return event === 'conversation_opened' && before === null;
}

function previousStatusOf({ changed_attributes }: JsonObject): string | null {
  const change = listOf(changed_attributes).find((each) => isJsonObject(objectOf(each).status));
  return textOf(objectOf(objectOf(change).status).previous_value);
}
