import { groupIdOf } from '@app/contracts';
import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { partiesOf } from '../identity/parties';
import { firstId, firstText, type JsonObject, objectOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { contactFor, type Contacts } from './meta.contacts';

/** The data around the messages of one change. */
export interface MetaContext {
  readonly origin: EventOrigin;
  readonly contacts: Contacts;
}

/** The customer of a message, echo or status, according to its own fields. */
export interface MetaPerson {
  /** `from`, `to` or `recipient_id`: a phone, left out for people with a username. */
  readonly phone: unknown;
  /** The business-scoped user id that accompanies it. */
  readonly userId: unknown;
}

/** Finds an item's customer: by phone, by user id, and by the profile that matches either. */
export function readEnvelope(
  context: MetaContext,
  person: MetaPerson,
  item: JsonObject,
): Envelope | IgnoredEvent {
  const { origin, contacts } = context;
  const contact = contactFor(contacts, person.phone, person.userId);
  const ids = [person.phone, contact.wa_id, person.userId, contact.user_id];
  const group = firstId(item.group_id);
  const parties = partiesOf(group === null ? { chat: ids } : { chat: [groupIdOf(group)], sender: ids });
  if (isUnidentified(parties)) return ignored(origin, parties, ['from']);
  return {
    ...origin,
    ...parties,
    // A group's id is Meta's own, and its API takes it.
    chatId: group ?? parties.chatId,
    messageId: firstMessageId(item.id),
    timestampMs: timestampMsOf(item.timestamp),
    senderName: senderNameOf(objectOf(contact.profile).name, firstText(objectOf(contact.profile).username)),
  };
}
