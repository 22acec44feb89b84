import { firstText, type JsonObject } from './json/json';
import type { MediaReference, MediaType, MessageType } from './message-content';

/** The names that gateways and forwarders use for the types, in lower case. */
const SPELLINGS: Readonly<Record<string, MessageType>> = {
  text: 'text',
  chat: 'text',
  conversation: 'text',
  extendedtext: 'text',
  image: 'image',
  video: 'video',
  gif: 'video',
  ptv: 'video',
  audio: 'audio',
  voice: 'voice',
  ptt: 'voice',
  document: 'document',
  documentwithcaption: 'document',
  file: 'document',
  sticker: 'sticker',
  location: 'location',
  live_location: 'location',
  livelocation: 'location',
  vcard: 'contacts',
  multi_vcard: 'contacts',
  contact: 'contacts',
  contacts: 'contacts',
  contactsarray: 'contacts',
  order: 'order',
};

const MAX_URL_LENGTH = 8192;
const MAX_NAME_LENGTH = 1024;

const MIME_TYPE = /^(?:text|image|video|audio|application)\/[\w.+-]{1,64}/;

/**
 * The type for a gateway's word (`chat`, `ptt`, `vcard`, Baileys' `imageMessage`, a mime type); null for an
 * unknown word.
 */
export function messageTypeOf(word: unknown): MessageType | null {
  const text =
    firstText(word)
      ?.trim()
      .toLowerCase()
      .replace(/message$/, '') ?? '';
  if (MIME_TYPE.test(text)) return text.startsWith('text/') ? 'text' : mediaTypeOfMime(text);
  return Object.hasOwn(SPELLINGS, text) ? (SPELLINGS[text] ?? null) : null;
}

/** The type for a mime type; anything but a picture, film or sound is a document. */
export function mediaTypeOfMime(mimeType: string | null): MediaType {
  const [family] = (mimeType ?? '').toLowerCase().split('/');
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document';
}

/** The mime type of a file, under any of its names. */
export function mimeTypeOf({ mimeType, mimetype, mime_type }: JsonObject): string | null {
  return firstText(mimeType, mimetype, mime_type);
}

/** Reads a reference under any of the names that gateways use for its parts; a file's own bytes are left out. */
export function mediaReference(type: MediaType, file: JsonObject): MediaReference {
  return {
    type,
    ...text('id', firstText(file.id)),
    ...text('url', webAddress(file.url, file.mediaUrl, file.link, file.URL)),
    ...text('mimeType', mimeTypeOf(file)),
    ...text('filename', firstText(file.filename, file.fileName)),
    ...size(file.size ?? file.fileLength ?? file.fileSize ?? file.file_size),
    ...text('caption', firstText(file.caption)),
  };
}

/** The first address that can be fetched; a `data:` URI is the file itself and no reference. */
function webAddress(...values: readonly unknown[]): string | null {
  const isAddress = (text: string | null): boolean => text !== null && /^https?:\/\//i.test(text);
  const address = values.map((value) => firstText(value)).find(isAddress) ?? null;
  return address !== null && address.length <= MAX_URL_LENGTH ? address : null;
}

function text(name: keyof MediaReference, value: string | null): Partial<MediaReference> {
  if (value === null) return {};
  // A caption is the customer's words, and a cut address is useless.
  return { [name]: name === 'caption' || name === 'url' ? value : value.slice(0, MAX_NAME_LENGTH) };
}

/** Protobuf's 64-bit lengths arrive as numbers, as text, or as `{low, high}`. */
function size(value: unknown): Partial<MediaReference> {
  const low = typeof value === 'object' && value !== null && 'low' in value ? value.low : value;
  const bytes = Number(firstText(low));
  return Number.isSafeInteger(bytes) && bytes > 0 ? { size: bytes } : {};
}
