import { ignored } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { isJsonObject, type JsonObject, objectOf, textOf } from '../json/json';
import { contextOf, type WahaContext } from './waha.envelope';
import { readAck, readEdited, readMessage, readReaction, readRevoked, readWaiting } from './waha.message';
import { readPresences } from './waha.presence';

type PayloadReader = (context: WahaContext, payload: JsonObject) => GatewayEvent | GatewayEvent[];

const READERS: Readonly<Record<string, PayloadReader>> = {
  message: readMessage,
  'message.any': readMessage,
  'message.edited': readEdited,
  'message.revoked': readRevoked,
  'message.reaction': readReaction,
  'message.ack': readAck,
  'message.ack.group': readAck,
  'message.waiting': readWaiting,
  'presence.update': readPresences,
};

/**
 * Reads a webhook of WAHA.
 *
 * The envelope's own id is not read, because `message` and `message.any` bring one message under two of them.
 */
export function readWaha(payload: unknown): GatewayEvent[] {
  const envelope = objectOf(payload);
  const context = contextOf(envelope);
  const event = textOf(envelope.event);
  if (event === null) return [ignored(context.origin, 'malformed', ['event'])];
  const read = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (read === undefined) return [ignored(context.origin, 'other-event')];
  if (!isJsonObject(envelope.payload)) return [ignored(context.origin, 'malformed', ['payload'])];
  return [read(context, envelope.payload)].flat();
}
