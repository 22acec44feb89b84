import { ignored } from '../event-builder';
import type { EventOrigin, GatewayEvent } from '../gateway-event';
import { firstId, isJsonObject, listOf, objectOf, textOf } from '../json/json';
import { type Messaging, readItem } from './messaging.item';

/**
 * A reader of the envelope that Messenger and Instagram share: any number of pages, and of items of each, in one POST.
 *
 * @param object what the envelope says it is about; another product's posts belong to another route.
 */
export function readerOf(messaging: Messaging, object: string): (payload: unknown) => GatewayEvent[] {
  const nowhere: EventOrigin = { gateway: messaging.gateway, account: null, companyId: null };
  return (payload) => {
    const { object: of, entry } = objectOf(payload);
    if (textOf(of) !== object) return [ignored(nowhere, 'malformed', ['object'])];
    if (!Array.isArray(entry)) return [ignored(nowhere, 'malformed', ['entry'])];
    return entry.flatMap((each) => readEntry(messaging, nowhere, each));
  };
}

function readEntry(messaging: Messaging, nowhere: EventOrigin, entry: unknown): GatewayEvent[] {
  const { id, messaging: items, standby, changes } = objectOf(entry);
  const account = firstId(id);
  const origin = { ...nowhere, account };
  const read = (item: unknown): GatewayEvent[] =>
    isJsonObject(item) ? readItem(messaging, account, item) : [ignored(origin, 'malformed')];
  const events = [
    ...listOf(items).flatMap(read),
    ...listOf(standby).map(() => ignored(origin, 'standby')),
    // Comments and mentions; an app with Instagram's own login gets messages this way, too.
    ...listOf(changes).flatMap((change) => {
      const { value } = objectOf(change);
      return isJsonObject(objectOf(value).sender) ? read(value) : [ignored(origin, 'other-event')];
    }),
  ];
  return events.length > 0 ? events : [ignored(origin, 'malformed', ['messaging'])];
}
