import { compact, type JsonObject, listOf, objectOf } from '../json/json';

/** The content of a message that is neither words nor a file: a place, people's cards, an order. */
export function cardsOf({ location, contacts, order }: JsonObject): JsonObject {
  return { location: placeOf(location), contacts: peopleOf(contacts), order: orderOf(order) };
}

function placeOf(location: unknown): JsonObject {
  const { latitude, longitude, name, address } = objectOf(location);
  return compact({ latitude, longitude, name, address });
}

function peopleOf(contacts: unknown): unknown[] | null {
  const people = listOf(contacts).map((contact) => {
    const { name, phones } = objectOf(contact);
    const numbers = listOf(phones).map((phone) => objectOf(phone).phone ?? objectOf(phone).wa_id);
    return compact({ name: objectOf(name).formatted_name, phones: numbers });
  });
  return people.length > 0 ? people : null;
}

function orderOf(order: unknown): JsonObject {
  const { catalog_id, product_items } = objectOf(order);
  return compact({ catalogId: catalog_id, items: product_items });
}
