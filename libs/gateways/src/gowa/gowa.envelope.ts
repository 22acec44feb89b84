import { identify } from '@app/contracts';
import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { partiesOf } from '../identity/parties';
import { flagOf, idTextOf, type JsonObject } from '../json/json';
import { timestampMsOf } from '../json/timestamp';

/** The data around the payload of an event. */
export interface GowaContext {
  readonly origin: EventOrigin;
  /** The device's own JID. */
  readonly own: unknown;
}

/** A payload with its customer found. */
export interface Addressed {
  readonly envelope: Envelope;
  readonly fromMe: boolean;
}

/** Finds the customer of a payload; ignored if there is none. In our own message `from` is ours, and the chat the customer. */
export function addressed({ origin, own }: GowaContext, payload: JsonObject): Addressed | IgnoredEvent {
  const { chat_id, chat_lid, from, from_lid } = payload;
  const fromMe = flagOf(payload.is_from_me) ?? false;
  const chat = [chat_id, chat_lid];
  const parties = partiesOf({
    // Some versions name the device for the chat; whoever wrote in a chat of two is the customer.
    chat: fromMe || isGroup(chat_id) ? chat : [from, ...chat, from_lid],
    sender: [from, from_lid],
    own: [own],
  });
  if (isUnidentified(parties)) return ignored(origin, parties, ['payload.chat_id']);
  return {
    fromMe,
    envelope: {
      ...origin,
      ...parties,
      messageId: firstMessageId(payload.id),
      timestampMs: timestampMsOf(payload.timestamp),
      senderName: fromMe ? null : senderNameOf(payload.from_name, payload.sender_display_name),
    },
  };
}

function isGroup(chat: unknown): boolean {
  return identify(idTextOf(chat) ?? '').kind === 'group';
}
