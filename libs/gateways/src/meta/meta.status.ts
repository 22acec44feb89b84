import { deliveryStatusOf } from '../delivery-status';
import { anonymous } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import type { JsonObject } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { type MetaContext, readEnvelope } from './meta.envelope';
import { failureOf } from './meta.errors';

/** Reads an item of `statuses`; in a group, the recipient is the group. */
export function readStatus(context: MetaContext, status: JsonObject): GatewayEvent {
  const isGroup = status.recipient_type === 'group';
  const person = isGroup
    ? { phone: status.recipient_participant_id, userId: status.recipient_participant_user_id }
    : { phone: status.recipient_id, userId: status.recipient_user_id };
  const envelope = readEnvelope(
    context,
    person,
    isGroup ? { ...status, group_id: status.recipient_id } : status,
  );
  const base = 'kind' in envelope ? anonymous(context.origin) : envelope;
  return {
    ...base,
    senderName: null,
    messageId: firstMessageId(status.id),
    timestampMs: timestampMsOf(status.timestamp),
    kind: 'status',
    status: deliveryStatusOf(status.status),
    failure: failureOf(status),
  };
}
