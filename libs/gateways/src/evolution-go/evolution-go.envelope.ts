import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { partiesOf } from '../identity/parties';
import type { JsonObject } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { keyOfInfo } from '../whatsapp-web/key';

/** What whatsmeow says of a message, a receipt or typing, with its customer found. */
export interface Addressed {
  readonly envelope: Envelope;
  readonly fromMe: boolean;
}

/** Finds the customer of `info`; ignored if there is none. In our own message `Sender` is ours, and the chat the customer. */
export function addressed(origin: EventOrigin, info: JsonObject): Addressed | IgnoredEvent {
  const { id, fromMe, chat, sender } = keyOfInfo(info);
  const parties = partiesOf({ chat, sender });
  if (isUnidentified(parties)) return ignored(origin, parties, ['data.Info.Chat']);
  return {
    fromMe,
    envelope: {
      ...origin,
      ...parties,
      messageId: id,
      timestampMs: timestampMsOf(info.Timestamp),
      senderName: fromMe ? null : senderNameOf(info.PushName),
    },
  };
}
