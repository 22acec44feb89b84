import { mediaTypeOfMime } from '../media-reference';
import type { MediaType } from '../message-content';
import { BASE64, isBlob, SHORTEST_BLOB } from './redaction';
import { isVcard } from './vcard';

/** PEM wraps at 64, MIME at 76. */
const SHORTEST_WRAP = 60;

const STARTS: readonly (readonly [start: RegExp, type: MediaType])[] = [
  [/^(?:\/9j\/|iVBORw0KG|UklGR|R0lGOD)/, 'image'],
  [/^T2dnUw/, 'audio'],
  [/^AAAA[A-Z]GZ0eX/, 'video'],
];

/**
 * True for a text that is a file and not a person's words: a card, a data URI, or base64, in one line or wrapped as in a mail.
 *
 * Gateways put a file's thumbnail in place of its text. A laugh of three hundred letters is not
 * a file: a file of that length has capitals, small letters and digits.
 */
export function isFileText(text: string): boolean {
  if (isVcard(text)) return true;
  const unwrapped = withoutWraps(text.trim());
  if (!isBlob(unwrapped)) return false;
  return unwrapped.length < SHORTEST_BLOB || [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(unwrapped));
}

/** Base64 of a mail has lines of equal length; a list of words has not. */
function withoutWraps(text: string): string {
  const lines = text.split(/\r?\n/);
  const [first = ''] = lines;
  const isWrapped =
    lines.length > 1 &&
    first.length >= SHORTEST_WRAP &&
    lines.slice(1, -1).every(({ length }) => length === first.length) &&
    lines.every((line) => BASE64.test(line));
  return isWrapped ? lines.join('') : text;
}

/** The kind of file in a text, by its beginning. */
export function fileTypeOf(text: string): MediaType {
  if (isVcard(text)) return 'contacts';
  const [, mimeType = null] = /^data:([^;,]{1,128})/i.exec(text) ?? [];
  if (mimeType !== null) return mediaTypeOfMime(mimeType);
  return STARTS.find(([start]) => start.test(text))?.[1] ?? 'document';
}
