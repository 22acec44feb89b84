import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { partiesOf } from '../identity/parties';
import type { JsonObject } from '../json/json';
import { firstTimestampMs } from '../json/timestamp';
import { keyOf, type MessageKey } from '../whatsapp-web/key';

/** The data around an Evolution event. */
export interface EvolutionContext {
  readonly origin: EventOrigin;
  /** The instance's own JID: `sender` in the envelope, although it sounds like the customer. */
  readonly own: unknown;
}

/** An event's data with its key read and its customer found. */
export interface Addressed {
  readonly key: MessageKey;
  readonly envelope: Envelope;
}

/** Finds the customer of `key`; ignored if there is none. */
export function addressed(
  { origin, own }: EvolutionContext,
  key: JsonObject,
  data: JsonObject,
): Addressed | IgnoredEvent {
  const read = keyOf(key);
  const parties = partiesOf({ chat: read.chat, sender: read.sender, own: [own] });
  if (isUnidentified(parties)) return ignored(origin, parties);
  return {
    key: read,
    envelope: {
      ...origin,
      ...parties,
      messageId: read.id,
      timestampMs: firstTimestampMs(data.messageTimestamp),
      senderName: read.fromMe ? null : senderNameOf(data.pushName),
    },
  };
}
