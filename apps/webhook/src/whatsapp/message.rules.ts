import {
  type CompanyReading,
  firstStanzaOf,
  firstTimestampMs,
  type GatewayEvent,
  type IgnoredReason,
  isJsonObject,
  isNoId,
  type JsonObject,
  LONGEST_ID,
} from '@app/gateways';
import { type FieldError, isShallow, MAX_LEVELS } from '@app/platform';

/**
 * Faults that the plain calls refuse although the item could be read somehow: in the fields that decide whose a message is,
 * what it says, when, and whether it is known. Fields that only describe it (its type, the parts of its media) are read as
 * far as possible, because a forwarder that gives up after a 400 has lost the customer's words.
 */

const MAX_MESSAGE_ID = 256;

const NEEDED: Readonly<Record<string, string>> = {
  phone: 'must be a phone number of 5 to 15 digits or a chat id',
  message: 'must be a text, and not blank where there is no media',
  messageId: 'must be the id of a message',
  state: 'must be a state of typing',
};

const REFUSED: ReadonlySet<IgnoredReason> = new Set<IgnoredReason>([
  'invalid-customer',
  'empty',
  'malformed',
]);

/** What an item must have and lacks. */
export function faultsOfReading(event: GatewayEvent): FieldError[] {
  if (event.kind !== 'ignored' || !REFUSED.has(event.reason)) return [];
  return event.fields.map((field) => ({ field, message: NEEDED[field] ?? 'cannot be read' }));
}

/** Wrong values of an item; blanks, and what a template leaves of a missing value, count as left out. */
export function faultsIn(item: JsonObject, company: CompanyReading): FieldError[] {
  const faults: [field: string, isFault: boolean, message: string][] = [
    ['message', isMisread(item), 'must be a text'],
    [
      'messageId',
      isWrongId(item),
      `must be a text of at most ${MAX_MESSAGE_ID} characters, or an object with _serialized`,
    ],
    ['timestamp', isWrongTime(item), 'must be ms, seconds or an ISO 8601 date'],
    ['media', isWrongMedia(item.media), 'must be an object, a list of them, or an address'],
    ['metadata', isWrongMetadata(item.metadata), 'must be an object'],
    ['metadata', !isShallow(item.metadata), `must not be nested more than ${MAX_LEVELS} levels deep`],
    [
      'companyId',
      !company.valid,
      'must be an integer or 1 to 64 letters, digits, dots, dashes or underscores',
    ],
  ];
  return faults.filter(([, isFault]) => isFault).map(([field, , message]) => ({ field, message }));
}

/** A list next to media; a list alone says nothing, which the reader reports. */
function isMisread({ message, media }: JsonObject): boolean {
  return Array.isArray(message) && isJsonObject(media);
}

function isWrongId({ messageId, id }: JsonObject): boolean {
  if (messageId === undefined && id === undefined) return false;
  const stanza = firstStanzaOf(messageId, id);
  if (stanza !== null) return stanza.length > MAX_MESSAGE_ID;
  return [messageId, id].map((value) => (isJsonObject(value) ? value._serialized : value)).some(isMistake);
}

/** A mistake that a forwarder should be told of: not a text, or too long for an id. */
function isMistake(value: unknown): boolean {
  const isReadable = typeof value === 'number' || (typeof value === 'string' && value.length <= LONGEST_ID);
  return !isReadable && !isNoId(value);
}

function isWrongTime({ timestamp, t }: JsonObject): boolean {
  return firstTimestampMs(timestamp, t) === null && ![timestamp, t].every(isNoId);
}

function isWrongMedia(media: unknown): boolean {
  if (typeof media === 'string') return !isNoId(media) && !media.includes(':');
  return media === true;
}

function isWrongMetadata(metadata: unknown): boolean {
  return !isJsonObject(metadata) && metadata !== false && !isNoId(metadata);
}
