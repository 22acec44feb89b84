import { echo, emojiOf, type Envelope, unsupported } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { firstText, type JsonObject, objectOf, textOf } from '../json/json';
import { metaContent } from './meta.content';
import { type MetaContext, readEnvelope } from './meta.envelope';
import { readSystem } from './meta.system';

/** Reads an item of `messages`: always the customer's. */
export function readMessage(context: MetaContext, message: JsonObject): GatewayEvent {
  const envelope = readEnvelope(context, { phone: message.from, userId: message.from_user_id }, message);
  if ('kind' in envelope) return envelope;
  const acted = readAction(envelope, message, false);
  if (acted !== null) return acted;
  const content = metaContent(message);
  if (content !== null) return { ...envelope, ...content, kind: 'message' };
  // A message without the object of its type has `errors`; an unsupported one names its type.
  return unsupported(envelope, objectOf(message.unsupported).type ?? message.type);
}

/** Reads an item of `message_echoes`: a human answered from the WhatsApp Business app. */
export function readEcho(context: MetaContext, message: JsonObject): GatewayEvent {
  const read = readEnvelope(context, { phone: message.to, userId: message.to_user_id }, message);
  if ('kind' in read) return read;
  // The accompanying profile is the customer's, and the customer did not write it.
  const envelope = { ...read, senderName: null };
  return readAction(envelope, message, true) ?? echo(envelope, metaContent(message), false);
}

type ActionReader = (envelope: Envelope, message: JsonObject, fromMe: boolean) => GatewayEvent;

/** Types that act on another message, or on the customer's identity. */
const ACTIONS: Readonly<Record<string, ActionReader>> = {
  edit: readEdit,
  revoke: readRevoke,
  reaction: readReaction,
  system: (envelope, message) => readSystem(envelope, objectOf(message.system)),
  // The chat was opened for the first time; nothing is said yet.
  request_welcome: (envelope) => ({ ...envelope, kind: 'system', change: 'other', newCustomer: null }),
};

/** Reads a message that acts instead of saying something; null for one that speaks. */
function readAction(envelope: Envelope, message: JsonObject, fromMe: boolean): GatewayEvent | null {
  const type = textOf(message.type) ?? '';
  const read = Object.hasOwn(ACTIONS, type) ? ACTIONS[type] : undefined;
  return read?.(envelope, message, fromMe) ?? null;
}

function readEdit(envelope: Envelope, message: JsonObject, fromMe: boolean): GatewayEvent {
  const { original_message_id, message: edited } = objectOf(message.edit);
  const targetId = firstMessageId(original_message_id);
  if (targetId === null) return withoutTarget(envelope);
  const text = firstText(metaContent(objectOf(edited))?.text);
  return { ...envelope, kind: 'edit', targetId, text, editId: envelope.messageId, fromMe };
}

function readRevoke(envelope: Envelope, message: JsonObject, fromMe: boolean): GatewayEvent {
  const targetId = firstMessageId(objectOf(message.revoke).original_message_id);
  return targetId === null ? withoutTarget(envelope) : { ...envelope, kind: 'revoke', targetId, fromMe };
}

function readReaction(envelope: Envelope, message: JsonObject, fromMe: boolean): GatewayEvent {
  const { message_id, emoji } = objectOf(message.reaction);
  return {
    ...envelope,
    kind: 'reaction',
    targetId: firstMessageId(message_id),
    text: emojiOf(emoji),
    fromMe,
  };
}

function withoutTarget(envelope: Envelope): GatewayEvent {
  return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['original_message_id'] };
}
