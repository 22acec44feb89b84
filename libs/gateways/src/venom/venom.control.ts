import { deliveryStatusOf } from '../delivery-status';
import { emojiOf, type Envelope } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstStanzaOf, stanzaOf } from '../identity/message-id';
import { firstText, isJsonObject, type JsonObject, textOf } from '../json/json';
import { firstTimestampMs } from '../json/timestamp';
import { presenceEvent, presenceStateOf } from '../presence';
import { isNotice } from '../whatsapp-web/notices';
import type { CallbackKind } from './venom.callback';
import { venomContent } from './venom.content';

/** The kind of the object, if the callback's name does not say. */
export function kindByShape(item: JsonObject): CallbackKind {
  const type = textOf(item.type)?.toLowerCase() ?? '';
  if (type === 'revoked') return 'revoke';
  if (type === 'reaction' || isJsonObject(item.reactionParentKey)) return 'reaction';
  if (
    firstText(item.latestEditMsgKey, item.latestEditSenderTimestampMs) !== null ||
    isJsonObject(item.latestEditMsgKey)
  ) {
    return 'edit';
  }
  const says = firstText(item.message, item.body, item.text, item.caption);
  if (says === null && presenceStateOf(item.state ?? item.type) !== null) return 'presence';
  return isNotice(type) ? 'other' : 'message';
}

/** Reads a callback's argument that is no message: it acts on one, or only on the typing state. */
export function readControl(
  kind: Exclude<CallbackKind, 'message' | 'shape'>,
  item: JsonObject,
  envelope: Envelope,
  fromMe: boolean,
): GatewayEvent {
  const ownId = firstStanzaOf(item.id, item.messageId);
  switch (kind) {
    case 'edit':
      return ownId === null ? malformed(envelope) : readEdit(ownId, item, envelope, fromMe);
    case 'revoke': {
      // Venom reports the original under its own id; a web client's notice of it points there.
      const targetId = stanzaOf(item.protocolMessageKey) ?? ownId;
      return targetId === null ? malformed(envelope) : { ...envelope, kind: 'revoke', targetId, fromMe };
    }
    case 'reaction': {
      const targetId = firstStanzaOf(item.reactionParentKey, item.msgId);
      const timestampMs = firstTimestampMs(item.reactionTimestamp, envelope.timestampMs);
      const text = emojiOf(item.reactionText, item.reaction);
      return { ...envelope, kind: 'reaction', targetId, text, fromMe, timestampMs };
    }
    case 'presence':
      return presenceEvent({ ...envelope, messageId: null }, item.state ?? item.type);
    case 'status':
      return { ...envelope, kind: 'status', status: deliveryStatusOf(item.ack), failure: null };
    case 'other':
      return { ...envelope, kind: 'ignored', reason: 'protocol', fields: [] };
  }
}

/** Venom's edit has the original's id and time; if nothing says when it was made, the arrival counts. */
function readEdit(targetId: string, item: JsonObject, envelope: Envelope, fromMe: boolean): GatewayEvent {
  return {
    ...envelope,
    kind: 'edit',
    targetId,
    text: firstText(venomContent(item)?.text),
    editId: stanzaOf(item.latestEditMsgKey),
    timestampMs: firstTimestampMs(item.latestEditSenderTimestampMs),
    fromMe,
  };
}

function malformed(envelope: Envelope): GatewayEvent {
  return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['messageId'] };
}
