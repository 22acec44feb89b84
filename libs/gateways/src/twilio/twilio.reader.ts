import { deliveryStatusOf } from '../delivery-status';
import { anonymous, ignored, isUnidentified, messageOr, senderNameOf, unsupported } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { type JsonObject, objectOf, textOf } from '../json/json';
import { twilioContent } from './twilio.content';
import { failureIn } from './twilio.errors';
import { customerBehind, originOf } from './twilio.parties';

/** Reads the fields of a form: a message, or the report on one of ours, which may be posted to the same address. */
export function readTwilio(payload: unknown): GatewayEvent[] {
  const fields = objectOf(payload);
  const messageId = firstMessageId(fields.MessageSid, fields.SmsMessageSid, fields.SmsSid);
  if (messageId === null) return [ignored(originOf(null), 'malformed', ['MessageSid'])];
  return [
    textOf(fields.MessageStatus) === null ? readMessage(fields, messageId) : readStatus(fields, messageId),
  ];
}

function readMessage(fields: JsonObject, messageId: string): GatewayEvent {
  const origin = originOf(fields.To);
  const parties = customerBehind(fields.From, fields);
  if (isUnidentified(parties)) return ignored(origin, parties, ['From']);
  const senderName = senderNameOf(fields.ProfileName, fields.ProfileUsername);
  // Twilio never says when it was sent.
  const envelope = { ...origin, ...parties, messageId, timestampMs: null, senderName };
  const type = textOf(fields.MessageType);
  const isShown = type === null || type === 'text';
  return messageOr(envelope, twilioContent(fields), isShown ? undefined : (at) => unsupported(at, type));
}

/** Of a message of ours: the customer is the one it went to. */
function readStatus(fields: JsonObject, messageId: string): GatewayEvent {
  const origin = originOf(fields.From);
  const parties = customerBehind(fields.To);
  return {
    ...anonymous(origin),
    ...(isUnidentified(parties) ? {} : parties),
    messageId,
    kind: 'status',
    status: deliveryStatusOf(fields.MessageStatus),
    failure: failureIn(fields),
  };
}
