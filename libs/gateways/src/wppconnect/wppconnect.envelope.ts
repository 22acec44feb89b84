import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { messageIdOf } from '../identity/message-id';
import { partiesOf } from '../identity/parties';
import { firstId, flagOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { firstTimestampMs } from '../json/timestamp';

/** The data of an event with its customer found. */
export interface Addressed {
  readonly envelope: Envelope;
  readonly fromMe: boolean;
}

/** Finds the customer; ignored if there is none. In our own message `from` is ours, and the chat the customer. */
export function addressed(origin: EventOrigin, data: JsonObject): Addressed | IgnoredEvent {
  const id = messageIdOf(data.id);
  const sender = objectOf(data.sender);
  const fromMe = flagOf(data.fromMe) ?? id?.fromMe ?? false;
  const chat = [data.chatId, id?.chat, objectOf(data.id).remote];
  // A message has its sender's card, a reaction only the id.
  const speaker = [data.author, id?.participant, ...(fromMe ? [] : [sender.id, sender])];
  const parties = partiesOf({
    chat: (fromMe ? [data.to, ...chat] : [data.from, ...chat]).map(jidOf),
    sender: speaker.map(jidOf),
  });
  if (isUnidentified(parties)) return ignored(origin, parties, ['from']);
  return {
    fromMe,
    envelope: {
      ...origin,
      ...parties,
      messageId: id?.stanza ?? null,
      timestampMs: firstTimestampMs(data.timestamp, data.t),
      senderName: fromMe ? null : senderNameOf(data.notifyName, sender.pushname, sender.name),
    },
  };
}

/** An id as text, whether it came as text or as WhatsApp Web's object, whose `_serialized` newer builds leave empty. */
export function jidOf(value: unknown): string | null {
  if (!isJsonObject(value)) return firstId(value);
  const [user, server] = [firstId(value.user), firstId(value.server)];
  return firstId(value._serialized) ?? (user === null || server === null ? null : `${user}@${server}`);
}
