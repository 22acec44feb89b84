import { firstStanzaOf, isNoId, LONGEST_ID } from '@app/gateways';

/** Forwarders are user code: the same thing has many names. This file knows them all. */

type Fields = Record<string, unknown>;

/** The first of several fields that holds something. */
function first(fields: Fields, ...names: string[]): unknown {
  return names.map((name) => fields[name]).find((value) => value !== undefined && value !== null);
}

/** The message's own id; undefined where what stands there is none, and as it stands where that is a mistake to be named. */
function idOf({ messageId, id }: Fields): unknown {
  const given = [messageId, id].map((value) => (isFields(value) ? value._serialized : value));
  return firstStanzaOf(messageId, id) ?? given.find(isMistake);
}

/** What a forwarder should hear of: no text, or one too long for an id. */
function isMistake(value: unknown): boolean {
  const isReadable = typeof value === 'number' || (typeof value === 'string' && value.length <= LONGEST_ID);
  return !isReadable && !isNoId(value);
}

/** A whole Venom message holds a thumbnail where its text would be, if it is anything but text. */
function textOf(fields: Fields): unknown {
  const isMedia = fields.isMedia === true || fields.isMMS === true || typeof fields.mimetype === 'string';
  if (isMedia) return first(fields, 'caption') ?? '';
  return first(fields, 'message', 'body', 'text') ?? mediaCaption(fields);
}

function mediaCaption(fields: Fields): unknown {
  const caption = isFields(fields.media) ? fields.media.caption : undefined;
  return typeof caption === 'string' ? caption : undefined;
}

/** References only: what else a forwarder puts beside them, the bytes say, stays behind. */
function mediaOf(fields: Fields): unknown {
  if (isFields(fields.media)) {
    const { url, id, mimeType, filename, caption, size } = fields.media;
    return { url, id, mimeType, filename, caption, size };
  }
  if (typeof fields.mimetype !== 'string') return fields.media ?? undefined;
  return { mimeType: fields.mimetype, filename: fields.filename, caption: fields.caption };
}

/** Who speaks inside a group; how it is spelt is no reason to refuse a message. */
function authorOf(fields: Fields): string | undefined {
  const author = first(fields, 'author', 'participant');
  return typeof author === 'string' ? author : undefined;
}

/** One message in the contract's names, whatever the forwarder called things; nothing is checked here. */
export function inOurNames(message: Fields, companyId: unknown): Fields {
  return {
    phone: first(message, 'phone', 'from'),
    message: textOf(message),
    messageId: idOf(message),
    timestamp: first(message, 'timestamp', 't'),
    type: first(message, 'type') ?? 'text',
    media: mediaOf(message),
    metadata: first(message, 'metadata') ?? {},
    companyId: first(message, 'companyId') ?? companyId,
    fromMe: message.fromMe === true,
    author: authorOf(message),
  };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
