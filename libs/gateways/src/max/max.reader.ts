import { customerIdOf } from '@app/contracts';
import { anonymous, ignored, messageOr, senderNameOf, unsupported } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { fieldOf, firstId, type JsonObject, objectOf, textOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { attachmentNameOf, maxContent, ownPhoneOf } from './max.content';
import { ORIGIN, readEnvelope } from './max.envelope';
import { readPress } from './max.press';

type Reader = (update: JsonObject) => GatewayEvent;

/** The kinds of update that are read; a subscription need name no other. */
const READERS: Readonly<Record<string, Reader>> = {
  message_created: readMessage,
  message_edited: readEdit,
  message_removed: readRemoval,
  message_callback: readPress,
  bot_started: readStart,
  bot_stopped: readStart,
};

/** Reads an update: `{update_type, timestamp, …}`. */
export function readMax(payload: unknown): GatewayEvent[] {
  const update = objectOf(payload);
  const kind = textOf(update.update_type);
  if (kind === null) return [ignored(ORIGIN, 'malformed', ['update_type'])];
  const read = fieldOf(READERS, kind) as Reader | undefined;
  return [read?.(update) ?? ignored(ORIGIN, 'other-event')];
}

function readMessage({ message }: JsonObject): GatewayEvent {
  const said = objectOf(message);
  const envelope = readEnvelope(said, objectOf(said.sender));
  if ('kind' in envelope) return envelope;
  const name = attachmentNameOf(said);
  const phone = ownPhoneOf(said);
  const at = phone === null || envelope.sender !== null ? envelope : { ...envelope, phone };
  return messageOr(at, maxContent(said), name === null ? undefined : (it) => unsupported(it, name));
}

/** The whole message as it is now, under its own id; only the update has the time of the edit. */
function readEdit({ message, timestamp }: JsonObject): GatewayEvent {
  const said = objectOf(message);
  const envelope = readEnvelope(said, objectOf(said.sender));
  if ('kind' in envelope) return envelope;
  const { messageId: targetId } = envelope;
  if (targetId === null)
    return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['message.body.mid'] };
  return {
    ...envelope,
    kind: 'edit',
    targetId,
    editId: null,
    fromMe: false,
    text: maxContent(said)?.text ?? null,
    timestampMs: timestampMsOf(timestamp) ?? envelope.timestampMs,
  };
}

/** It says neither what kind of chat it was in, nor anything of the message but its id, which leads there. */
function readRemoval({ message_id, timestamp }: JsonObject): GatewayEvent {
  const targetId = firstMessageId(message_id);
  if (targetId === null) return ignored(ORIGIN, 'malformed', ['message_id']);
  return {
    ...anonymous(ORIGIN),
    kind: 'revoke',
    targetId,
    fromMe: false,
    timestampMs: timestampMsOf(timestamp),
  };
}

/** A customer has pressed the start button, or stopped the bot: nothing was said. */
function readStart({ chat_id, timestamp, user }: JsonObject): GatewayEvent {
  const chatId = firstId(chat_id);
  const customer = customerIdOf(`max:${chatId ?? ''}`);
  if (customer === null) return ignored(ORIGIN, 'invalid-customer', ['chat_id']);
  return {
    ...anonymous(ORIGIN),
    kind: 'system',
    change: 'other',
    newCustomer: null,
    customer,
    chatId,
    timestampMs: timestampMsOf(timestamp),
    senderName: senderNameOf(objectOf(user).name),
  };
}
