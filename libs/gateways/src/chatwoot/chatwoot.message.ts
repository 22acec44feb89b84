import { echo, type Envelope, ignored, messageOr, unsupported } from '../event-builder';
import type { EventOrigin, GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { firstId, firstText, flagOf, isJsonObject, type JsonObject, objectOf, textOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { chatwootContent, choiceIn, textIn } from './chatwoot.content';
import { readEnvelope } from './chatwoot.envelope';

/** The words for who has written, and their numbers in the database. */
const INCOMING: ReadonlySet<unknown> = new Set(['incoming', 0]);
const OUTGOING: ReadonlySet<unknown> = new Set(['outgoing', 1]);
const TEMPLATE: ReadonlySet<unknown> = new Set(['template', 3]);

/** Reads `message_created`. */
export function readCreated(origin: EventOrigin, message: JsonObject): GatewayEvent {
  const envelope = envelopeOf(origin, message);
  if ('kind' in envelope) return envelope;
  if (flagOf(message.private) === true) return noNews(envelope, 'note');
  const { message_type } = message;
  if (INCOMING.has(message_type)) return readIncoming(envelope, message);
  if (OUTGOING.has(message_type)) return echo(envelope, chatwootContent(message), !isByHuman(message));
  // A greeting, an absence, a survey.
  if (TEMPLATE.has(message_type)) return echo(envelope, chatwootContent(message), true);
  return noNews(envelope, 'protocol');
}

/** Of a call, and of what an inbox cannot show, a text would be Chatwoot's own. */
function readIncoming(envelope: Envelope, message: JsonObject): GatewayEvent {
  if (textOf(message.content_type) === 'voice_call') return noNews(envelope, 'other-event');
  const isHidden = flagOf(objectOf(message.content_attributes).is_unsupported) === true;
  return messageOr(envelope, chatwootContent(message), isHidden ? (at) => unsupported(at, null) : undefined);
}

/**
 * Reads `message_updated`, which says nothing of what was updated: a customer's new words, a deletion, a choice among options, the
 * words of a voice note, a failure; or a receipt, which changes nothing here. It has no time: `created_at` is the original's.
 */
export function readUpdated(origin: EventOrigin, message: JsonObject): GatewayEvent {
  const read = envelopeOf(origin, message);
  if ('kind' in read) return read;
  const envelope: Envelope = { ...read, timestampMs: null };
  const { messageId: targetId } = envelope;
  if (targetId === null) return ignored(origin, 'malformed', ['id']);
  const { deleted, external_error } = objectOf(message.content_attributes);
  if (flagOf(message.private) === true) return noNews(envelope, 'note');
  if (!INCOMING.has(message.message_type)) {
    const choice = choiceIn(message);
    if (choice !== null)
      return { ...envelope, ...choice, kind: 'message', messageId: `${targetId}-submitted` };
    return firstText(external_error) === null
      ? noNews(envelope, 'protocol')
      : {
          ...envelope,
          kind: 'status',
          status: 'failed',
          failure: 'the messenger behind Chatwoot refused it',
        };
  }
  // The words of a deleted message are Chatwoot's own.
  if (flagOf(deleted) === true)
    return { ...envelope, kind: 'revoke', messageId: null, targetId, fromMe: false };
  const text = textIn(message);
  if (text === null) return noNews(envelope, 'protocol');
  const edit = { kind: 'edit', messageId: null, targetId, text, editId: null, fromMe: false } as const;
  // Words beside none of its own are those of its voice notes.
  return { ...envelope, ...edit, ...(firstText(message.content) === null && { isTranscript: true }) };
}

function envelopeOf(origin: EventOrigin, message: JsonObject): ReturnType<typeof readEnvelope> {
  const isIncoming = INCOMING.has(message.message_type);
  const contact = isIncoming ? objectOf(message.sender) : null;
  const envelope = readEnvelope(origin, objectOf(message.conversation), contact);
  if ('kind' in envelope) return envelope;
  return {
    ...envelope,
    messageId: firstMessageId(message.id),
    timestampMs: timestampMsOf(message.created_at),
  };
}

/** An agent at the desk, or on the phone behind the inbox; not a bot, a rule or a campaign. */
function isByHuman({ sender, content_attributes, additional_attributes }: JsonObject): boolean {
  const { external_echo, automation_rule_id } = objectOf(content_attributes);
  if (flagOf(external_echo) === true) return true;
  const { campaign_id } = objectOf(additional_attributes);
  const isAutomatic = firstId(automation_rule_id, campaign_id) !== null;
  return isJsonObject(sender) && textOf(sender.type) === 'user' && !isAutomatic;
}

function noNews(envelope: Envelope, reason: 'note' | 'protocol' | 'other-event'): GatewayEvent {
  return { ...envelope, kind: 'ignored', reason, fields: [] };
}
