import { firstText, type JsonObject, listOf, objectOf } from '../json/json';

/** The profiles in one change, by phone and by business-scoped user id. */
export type Contacts = ReadonlyMap<string, JsonObject>;

/** Indexes the profiles once, because a change may contain thousands of messages. */
export function contactsOf(contacts: unknown): Contacts {
  const index = new Map<string, JsonObject>();
  for (const item of listOf(contacts)) {
    const contact = objectOf(item);
    for (const id of [firstText(contact.wa_id), firstText(contact.user_id)])
      if (id !== null) index.set(id, contact);
  }
  return index;
}

/** The profile of one person; never simply the first, which may belong to another. */
export function contactFor(contacts: Contacts, phone: unknown, userId: unknown): JsonObject {
  return contacts.get(firstText(phone) ?? '') ?? contacts.get(firstText(userId) ?? '') ?? {};
}
