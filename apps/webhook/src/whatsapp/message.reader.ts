import { callbackOf, type GatewayEvent, isJsonObject, readCompanyId, readForwarded } from '@app/gateways';
import { type FieldError, invalid, ProblemException } from '@app/platform';
import { asWritten } from './message.own-words';
import { faultsIn, faultsOfReading } from './message.rules';

/** As many as Meta puts into one webhook, more than any other gateway; checking them takes 0.1 s. */
const MAX_ITEMS = 1_000;

/** One item of a request: its meaning, or its faults. */
export type ReadItem = { ok: true; event: GatewayEvent } | UnreadableItem;
export interface UnreadableItem {
  ok: false;
  errors: FieldError[];
}

/** The items of a request, and whether it was a list, because a list is answered with a list. */
export interface ReadRequest {
  isList: boolean;
  items: ReadItem[];
}

/**
 * Reads one message, `{messages: [...], companyId}`, or a bare list, item by item: first as `/webhook/venom` does, then more
 * strictly, because this caller is told what to correct.
 *
 * @throws ProblemException 400 if the request has no items, 413 if it has more than 1,000.
 */
export function readRequest(body: unknown): ReadRequest {
  if (Array.isArray(body)) return readList(body, undefined, 'body', '');
  if (!isJsonObject(body)) throw invalid([{ field: 'body', message: 'must be a JSON object' }]);
  const { messages, companyId } = body;
  if (messages === undefined) return { isList: false, items: [readItem(body, undefined, '')] };
  return readList(messages, companyId, 'messages', 'messages');
}

function readList(list: unknown, companyId: unknown, field: string, path: string): ReadRequest {
  if (!Array.isArray(list) || list.length === 0)
    throw invalid([{ field, message: 'must be a list of at least one message' }]);
  if (list.length > MAX_ITEMS) {
    throw new ProblemException(413, {
      detail: `A list holds at most ${MAX_ITEMS} messages, this one ${list.length}. Nothing was stored: send it in parts.`,
    });
  }
  return { isList: true, items: list.map((item, i) => readItem(item, companyId, `${path}[${i}]`)) };
}

function readItem(posted: unknown, listCompany: unknown, path: string): ReadItem {
  if (!isJsonObject(posted)) return { ok: false, errors: [{ field: path, message: 'must be an object' }] };
  const callback = callbackOf(posted);
  const { item } = callback;
  const own = readCompanyId(item.companyId);
  const company = own.valid && own.companyId === null ? readCompanyId(listCompany) : own;
  const companyId = company.valid ? company.companyId : null;
  const event = readForwarded({ gateway: 'generic', account: null, companyId }, callback);
  const errors = [...faultsOfReading(event), ...faultsIn(item, company)].map(({ field, message }) => ({
    field: path === '' ? field : `${path}.${field}`,
    message,
  }));
  return errors.length === 0 ? { ok: true, event: asWritten(event, item) } : { ok: false, errors };
}
