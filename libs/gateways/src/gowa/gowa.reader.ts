import { deliveryStatusOf } from '../delivery-status';
import { echo, emojiOf, ignored, messageOr, unsupported } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId, isFromWebClient } from '../identity/message-id';
import {
  fieldOf,
  firstId,
  firstText,
  flagOf,
  isJsonObject,
  type JsonObject,
  listOf,
  objectOf,
  textOf,
} from '../json/json';
import { presenceEvent } from '../presence';
import { gowaContent, isOfPoll } from './gowa.content';
import { type Addressed, addressed, type GowaContext } from './gowa.envelope';

type Reader = (addressed: Addressed, payload: JsonObject) => GatewayEvent | GatewayEvent[];

/** `message.deleted` is not among them: the business has deleted a message for itself, and the customer still sees it. */
const READERS: Readonly<Record<string, Reader>> = {
  message: readMessage,
  'message.edited': readEdited,
  'message.revoked': readRevoked,
  'message.reaction': readReaction,
  'message.ack': readAck,
  chat_presence: readPresence,
};

/** What the customer's phone reports; `read-self` and `sender` are the business's own. */
const RECEIPTS: ReadonlySet<string> = new Set(['delivered', 'read', 'played']);

/** Reads `{event, device_id, session_id?, payload}`. */
export function readGowa(payload: unknown): GatewayEvent[] {
  const { event, device_id, session_id, payload: inner } = objectOf(payload);
  // The name that its API knows a device by, and in versions without it the JID, by which it finds one as well.
  const account = firstId(session_id, device_id);
  const context: GowaContext = { origin: { gateway: 'gowa', account, companyId: null }, own: device_id };
  const name = textOf(event)?.toLowerCase();
  if (name === undefined) return [ignored(context.origin, 'malformed', ['event'])];
  const read = fieldOf(READERS, name) as Reader | undefined;
  if (read === undefined) return [ignored(context.origin, 'other-event')];
  if (!isJsonObject(inner)) return [ignored(context.origin, 'malformed', ['payload'])];
  const found = addressed(context, inner);
  return 'kind' in found ? [found] : [read(found, inner)].flat();
}

function readMessage({ envelope, fromMe }: Addressed, payload: JsonObject): GatewayEvent {
  if (fromMe) return echo(envelope, gowaContent(payload), isFromWebClient(envelope.messageId));
  if (isOfPoll(payload)) return { ...envelope, kind: 'ignored', reason: 'protocol', fields: [] };
  const type = flagOf(payload.view_once) === true ? 'view_once' : 'unknown';
  return messageOr(envelope, gowaContent(payload), (at) => unsupported(at, type));
}

/** Without a body, as under a file, the old words stay. */
function readEdited({ envelope, fromMe }: Addressed, payload: JsonObject): GatewayEvent {
  const targetId = firstMessageId(payload.original_message_id);
  if (targetId === null)
    return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['original_message_id'] };
  const text = firstText(payload.body);
  return { ...envelope, kind: 'edit', targetId, text, editId: envelope.messageId, fromMe };
}

/** `revoked_from_me` is as the one who revoked sees it, and says nothing here. */
function readRevoked({ envelope, fromMe }: Addressed, payload: JsonObject): GatewayEvent {
  const targetId = firstMessageId(payload.revoked_message_id);
  if (targetId === null)
    return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['revoked_message_id'] };
  return { ...envelope, kind: 'revoke', targetId, fromMe };
}

function readReaction({ envelope, fromMe }: Addressed, payload: JsonObject): GatewayEvent {
  const targetId = firstMessageId(payload.reacted_message_id);
  return { ...envelope, kind: 'reaction', targetId, text: emojiOf(payload.reaction), fromMe };
}

/** One receipt may be of several messages. */
function readAck({ envelope }: Addressed, { ids, receipt_type }: JsonObject): GatewayEvent[] {
  const type = textOf(receipt_type) ?? '';
  if (!RECEIPTS.has(type)) return [{ ...envelope, kind: 'ignored', reason: 'other-event', fields: [] }];
  return listOf(ids).map((id) => ({
    ...envelope,
    messageId: firstMessageId(id),
    kind: 'status',
    status: deliveryStatusOf(type),
    failure: null,
  }));
}

function readPresence({ envelope }: Addressed, { state, media }: JsonObject): GatewayEvent {
  const isVoice = textOf(state) === 'composing' && textOf(media) === 'audio';
  return presenceEvent({ ...envelope, messageId: null }, isVoice ? 'recording' : state);
}
