import { deliveryStatusOf } from '../delivery-status';
import { anonymous, echo, emojiOf, messageOr, unsupported } from '../event-builder';
import type { EventBase, GatewayEvent, IgnoredEvent } from '../gateway-event';
import { isFromWebClient, messageIdOf, stanzaOf } from '../identity/message-id';
import { firstText, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { controlEvent } from '../whatsapp-web/acting';
import { controlOf } from '../whatsapp-web/control';
import { hiddenTypeOf } from '../whatsapp-web/key';
import { silenceOf, stubSilenceOf } from '../whatsapp-web/notices';
import { engineMessageOf, wahaContent } from './waha.content';
import { readWahaMessage, type WahaContext, type WahaMessage } from './waha.envelope';

/** Reads `message` and `message.any`. Older engines send edits, revocations and reactions among them. */
export function readMessage(context: WahaContext, payload: JsonObject): GatewayEvent {
  const read = readWahaMessage(context, payload);
  if ('kind' in read) return read;
  const { envelope, fromMe } = read;
  const message = engineMessageOf(payload);
  const control = controlOf(message);
  if (control !== null) return controlEvent(envelope, control, fromMe);
  const content = wahaContent(payload, context.metadata);
  if (fromMe) return echo(envelope, content, isViaApi(payload.source, envelope.messageId));
  const data = objectOf(payload._data);
  const silence = content === null ? (silenceOf(data.type) ?? stubSilenceOf(data)) : null;
  if (silence !== null) return { ...envelope, kind: 'ignored', reason: silence, fields: [] };
  const type = data.type ?? Object.keys(message)[0] ?? hiddenTypeOf(objectOf(data.key));
  return messageOr(
    envelope,
    content,
    type === null || type === 'chat' ? undefined : (at) => unsupported(at, type),
  );
}

/** Older versions do not say how a message was sent. */
function isViaApi(source: unknown, messageId: string | null): boolean {
  return source === 'api' || (source !== 'app' && isFromWebClient(messageId));
}

/** Reads `message.edited`: the payload is a message, and says which one it replaces. */
export function readEdited(context: WahaContext, payload: JsonObject): GatewayEvent {
  const read = byTarget(context, readWahaMessage(context, payload), payload.editedMessageId);
  if ('kind' in read) return read;
  const { envelope, fromMe } = read;
  const targetId = stanzaOf(payload.editedMessageId) ?? envelope.messageId;
  if (targetId === null)
    return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['editedMessageId'] };
  // WEBJS reports the original again, with its id and its time.
  const isOriginal = targetId === envelope.messageId;
  return {
    ...envelope,
    kind: 'edit',
    targetId,
    text: firstText(payload.body),
    editId: isOriginal ? null : envelope.messageId,
    timestampMs: isOriginal ? timestampMsOf(context.postedAt) : envelope.timestampMs,
    fromMe,
  };
}

/** Reads `message.revoked`: `after` is the notice, `before` the message if the engine still had it. */
export function readRevoked(context: WahaContext, payload: JsonObject): GatewayEvent {
  const { after, before } = payload;
  const message = [after, before].find(isJsonObject) ?? payload;
  const read = byTarget(context, readWahaMessage(context, message), payload.revokedMessageId);
  if ('kind' in read) return read;
  const { envelope, fromMe } = read;
  const targetId = stanzaOf(payload.revokedMessageId) ?? stanzaOf(objectOf(before).id) ?? envelope.messageId;
  if (targetId === null)
    return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['revokedMessageId'] };
  return { ...envelope, kind: 'revoke', targetId, fromMe };
}

interface Acting {
  readonly envelope: EventBase;
  readonly fromMe: boolean;
}

/** If nothing shows the chat, an edit or a revocation is still found by the id of its message. */
function byTarget(
  { origin }: WahaContext,
  read: WahaMessage | IgnoredEvent,
  target: unknown,
): Acting | IgnoredEvent {
  const isLost = 'kind' in read && read.reason === 'invalid-customer' && stanzaOf(target) !== null;
  return isLost ? { envelope: anonymous(origin), fromMe: messageIdOf(target)?.fromMe ?? false } : read;
}

/** Reads `message.reaction`; no emoji means that it was taken away. */
export function readReaction(context: WahaContext, payload: JsonObject): GatewayEvent {
  const read = readWahaMessage(context, payload);
  if ('kind' in read) return read;
  const { text, messageId } = objectOf(payload.reaction);
  return {
    ...read.envelope,
    kind: 'reaction',
    targetId: stanzaOf(messageId),
    text: emojiOf(text),
    fromMe: read.fromMe,
  };
}

/** Reads `message.ack` and `message.ack.group`. */
export function readAck(context: WahaContext, payload: JsonObject): GatewayEvent {
  const read = readWahaMessage(context, payload);
  return 'kind' in read
    ? read
    : {
        ...read.envelope,
        kind: 'status',
        status: deliveryStatusOf(payload.ackName, payload.ack),
        failure: null,
      };
}

/** Reads `message.waiting`: a message that the phone has yet to decrypt. */
export function readWaiting(context: WahaContext, payload: JsonObject): GatewayEvent {
  const read = readWahaMessage(context, payload);
  return 'kind' in read ? read : { ...read.envelope, kind: 'ignored', reason: 'undecrypted', fields: [] };
}
