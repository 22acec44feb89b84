/** Forwarders are user code: the same thing has many names. This file knows them all. */

type Fields = Record<string, unknown>;

/** The first of several fields that holds something. */
function first(fields: Fields, ...names: string[]): unknown {
  return names.map((name) => fields[name]).find((value) => value !== undefined && value !== null);
}

/** An id is a text, or Venom's object around one. */
function idOf(value: unknown): unknown {
  const text = isFields(value) ? value._serialized : value;
  if (typeof text !== 'string') return text;
  // Venom's `false_<chat>_<stanza>[_<participant>]`: the chat's spelling varies for one message, the stanza does not.
  return /^(?:true|false)_[^_@]+@[^_]+_([^_]+)/.exec(text)?.[1] ?? text;
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
    messageId: idOf(first(message, 'messageId', 'id')),
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
