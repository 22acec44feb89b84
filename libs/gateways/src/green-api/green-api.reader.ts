import { deliveryStatusOf } from '../delivery-status';
import { ignored } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { fieldOf, type JsonObject, objectOf, textOf } from '../json/json';
import { originOf, readEnvelope } from './green-api.envelope';
import { readMessage } from './green-api.message';

type Reader = (notification: JsonObject) => GatewayEvent;

/** The kinds of notification that are read; an instance sends those that its settings switch on. */
const READERS: Readonly<Record<string, Reader>> = {
  incomingMessageReceived: (notification) => readMessage(notification, { fromMe: false, viaApi: false }),
  outgoingMessageReceived: (notification) => readMessage(notification, { fromMe: true, viaApi: false }),
  outgoingAPIMessageReceived: (notification) => readMessage(notification, { fromMe: true, viaApi: true }),
  outgoingMessageStatus: readStatus,
};

/** Why a message of ours did not arrive, in words of ours. */
const FAILURES: Readonly<Record<string, string>> = {
  noAccount: 'the customer has no account there',
  notInGroup: 'the business is not in that group',
  yellowCard: 'the messenger has restricted the instance',
};

/** Reads a notification: `{typeWebhook, instanceData, timestamp, …}`. */
export function readGreenApi(payload: unknown): GatewayEvent[] {
  const notification = objectOf(payload);
  const kind = textOf(notification.typeWebhook);
  if (kind === null) return [ignored(originOf(notification), 'malformed', ['typeWebhook'])];
  const read = fieldOf(READERS, kind) as Reader | undefined;
  return [read?.(notification) ?? ignored(originOf(notification), 'other-event')];
}

/** Reads `outgoingMessageStatus`, which names its chat on the outside. */
function readStatus(notification: JsonObject): GatewayEvent {
  const envelope = readEnvelope(notification, { chatId: notification.chatId }, true);
  if ('kind' in envelope) return envelope;
  const word = textOf(notification.status) ?? '';
  const failure = fieldOf(FAILURES, word) as string | undefined;
  return {
    ...envelope,
    kind: 'status',
    status: failure === undefined ? deliveryStatusOf(word) : 'failed',
    failure: failure ?? null,
  };
}
