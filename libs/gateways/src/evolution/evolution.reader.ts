import { ignored } from '../event-builder';
import type { EventOrigin, GatewayEvent } from '../gateway-event';
import type { IgnoredReason } from '../ignored-reason';
import { firstId, firstText, isJsonObject, type JsonObject } from '../json/json';
import { readEdited, readUpdatedByApi } from './edited.reader';
import type { EvolutionContext } from './evolution-context';
import { readDeleted, readUpdated } from './key-event.reader';
import { readPresences } from './presence.reader';
import { readUpsert } from './upsert.reader';

type ItemReader = (context: EvolutionContext, data: JsonObject) => GatewayEvent | GatewayEvent[];

const READERS: Readonly<Record<string, ItemReader>> = {
  'messages.upsert': readUpsert,
  'send.message': (context, data) => readUpsert(context, data, 'api'),
  'messages.edited': readEdited,
  'send.message.update': readUpdatedByApi,
  'messages.delete': readDeleted,
  'messages.update': readUpdated,
  'presence.update': readPresences,
};

const HISTORY: ReadonlySet<string> = new Set(['messages.set', 'messaging.history.set']);

/**
 * Reads a webhook of Evolution API. `data` is one object or, in some versions and clones, a list of them.
 *
 * `date_time` is not read: it is local time with a `Z` that does not belong there.
 */
export function readEvolution(payload: unknown): GatewayEvent[] {
  const envelope: JsonObject = isJsonObject(payload) ? payload : {};
  const origin: EventOrigin = {
    gateway: 'evolution',
    account: instanceOf(envelope.instance),
    companyId: null,
  };
  const event = firstText(envelope.event)?.toLowerCase().replace(/[_-]/g, '.') ?? null;
  if (event === null) return [ignored(origin, 'malformed', ['event'])];
  const read = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (read === undefined) return [ignored(origin, reasonOf(event))];
  const context = { origin, own: envelope.sender };
  return itemsOf(envelope.data).flatMap((item) =>
    isJsonObject(item) ? read(context, item) : ignored(origin, 'malformed', ['data']),
  );
}

function reasonOf(event: string): IgnoredReason {
  return HISTORY.has(event) ? 'history' : 'other-event';
}

/** A name, or the name in the whole record that a clone sends. */
function instanceOf(instance: unknown): string | null {
  return isJsonObject(instance) ? firstId(instance.instanceName, instance.name) : firstId(instance);
}

function itemsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data;
  return isJsonObject(data) && Array.isArray(data.messages) ? data.messages : [data];
}
