import { identify } from '@app/contracts';
import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { messageIdOf } from '../identity/message-id';
import { partiesOf } from '../identity/parties';
import { flagOf, idTextOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { firstTimestampMs } from '../json/timestamp';
import type { CallbackKind } from './venom.callback';

/** One forwarded object, with the fields that all kinds share. */
export interface VenomItem {
  readonly envelope: Envelope;
  /** The business itself did it. */
  readonly fromMe: boolean;
}

/**
 * Finds an object's customer, under any of the names that forwarders use; ignored if there is none.
 *
 * A whole message of the business itself is `from` the business, and its chat is the one in `to`.
 */
export function readVenomItem(
  origin: EventOrigin,
  kind: CallbackKind,
  item: JsonObject,
): VenomItem | IgnoredEvent {
  const id = messageIdOf(item.messageId) ?? messageIdOf(item.id);
  const sender = objectOf(item.sender);
  const fromMe = ownFlagOf(item) ?? ownFlagOf(objectOf(item.key)) ?? id?.fromMe ?? false;
  // Only a presence has its chat where others have their own id, which may look like a phone.
  const beside = [item.from, item.chatId, kind === 'presence' ? item.id : id?.chat, sender.id].map(jid);
  const parties = partiesOf({
    chat: fromMe
      ? [item.to, item.chatId, id?.chat, item.phone].map(jid)
      : [jid(item.phone), ...(isIdentified(item.phone) ? beside.filter((each) => !isGroup(each)) : beside)],
    sender: [item.author, item.participant, id?.participant, fromMe ? null : sender.id].map(jid),
  });
  if (parties === 'invalid-customer' && fromMe) return ignored(origin, 'from-me');
  if (isUnidentified(parties))
    return ignored(origin, parties, parties === 'invalid-customer' ? ['phone'] : []);
  return {
    fromMe,
    envelope: {
      ...origin,
      ...parties,
      messageId: id?.stanza ?? null,
      timestampMs: firstTimestampMs(item.timestamp, item.t),
      senderName: senderNameOf(item.notifyName, item.senderName, item.pushName, sender.pushname, sender.name),
    },
  };
}

/** How forwarders spell that the business itself wrote a message. */
const FROM_ME = ['fromMe', 'from_me', 'isFromMe', 'is_from_me', 'FromMe', 'IsFromMe', 'fromme'] as const;

/** Null where the object does not say. */
function ownFlagOf(object: JsonObject): boolean | null {
  return FROM_ME.map((name) => flagOf(object[name])).find((flag) => flag !== null) ?? null;
}

/** The contract's `phone` is the customer that a forwarder means, whatever group accompanies it. */
function isIdentified(phone: unknown): boolean {
  return 'id' in identify(idTextOf(jid(phone)) ?? '');
}

function isGroup(chat: unknown): boolean {
  return identify(idTextOf(chat) ?? '').kind === 'group';
}

/** An id as text, whether it came as text or as the object that a web client makes of it. */
function jid(value: unknown): unknown {
  return isJsonObject(value) ? (value._serialized ?? null) : value;
}
