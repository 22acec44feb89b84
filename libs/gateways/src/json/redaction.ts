import { type JsonObject, objectOf } from './json';
import { isVcard, withoutFiles } from './vcard';

/** Replaces a string whose bytes do not belong here. */
export const REMOVED_BLOB = '[blob removed]';

// A payload may nest and repeat without end; metadata is a note to a message, not an archive.
const MAX_DEPTH = 8;
const MAX_BODY_DEPTH = 24;
const MAX_VALUES = 1000;
const MAX_STRING = 4096;
/** A form's answers are JSON inside a text: cut anywhere, they could not be read. */
const MAX_JSON = 65_536;
const CUT = '… [cut]';

/** From this length on, a text that only uses the base64 alphabet is a file: ids and advertising tokens are shorter. */
export const SHORTEST_BLOB = 256;
export const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const DATA_URI = /^data:[^,]{0,128};base64,/i;
/** How JPEG, PNG, WebP, GIF, PDF, Ogg and MP4 begin in base64. */
const FILE_START = /^(?:\/9j\/|iVBORw0KG|UklGR|R0lGOD|JVBERi0|T2dnUw|AAAA[A-Z]GZ0eX)/;
const SECRET_NAME = /(?:api_?key|token|secret|passw(?:or)?d|authorization|cookie|jwt_?key|media_?key)$/i;

/** True for a file inside the text: a data URI, or base64 of some length or with a file's first bytes. */
export function isBlob(text: string): boolean {
  if (DATA_URI.test(text)) return true;
  return (text.length >= SHORTEST_BLOB || FILE_START.test(text)) && BASE64.test(text);
}

/**
 * A copy that may be kept: no secrets, no files, and of bounded size.
 *
 * Gateways put credentials into bodies (Evolution's `apikey`, Evolution Go's `instanceToken`), and whole files in
 * base64 next to the text. Fields that are named like a secret are dropped, blobs are replaced, the rest is cut.
 */
export function redact(object: JsonObject): Record<string, unknown> {
  return objectOf(redactedCopy(object, MAX_DEPTH));
}

/** {@link redact} for a whole body of any JSON, in which messages are nested deeper than notes in a message. */
export function redactBody(body: unknown): unknown {
  return redactedCopy(body, MAX_BODY_DEPTH);
}

function redactedCopy(whole: unknown, maxDepth: number): unknown {
  let left = MAX_VALUES;

  function copy(value: unknown, depth: number): unknown {
    left -= 1;
    if (typeof value === 'string') return redactedText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= maxDepth) return null;
    return Array.isArray(value) ? copyList(value, depth) : copyObject(value, depth);
  }

  function copyList(list: readonly unknown[], depth: number): unknown[] {
    const kept: unknown[] = [];
    for (const value of list) {
      if (left <= 0) break;
      kept.push(copy(value, depth + 1));
    }
    return kept;
  }

  function copyObject(source: object, depth: number): Record<string, unknown> {
    const kept: [string, unknown][] = [];
    for (const [name, value] of Object.entries(source)) {
      if (left <= 0) break;
      if (isKept(name)) kept.push([name, copy(value, depth + 1)]);
    }
    return Object.fromEntries(kept);
  }

  return copy(whole, 0);
}

function redactedText(text: string): string {
  if (isBlob(text)) return REMOVED_BLOB;
  const kept = isVcard(text) ? withoutFiles(text) : text;
  const longest = /^\s{0,8}[{[]/.test(kept) ? MAX_JSON : MAX_STRING;
  return kept.length <= longest ? kept : `${kept.slice(0, MAX_STRING)}${CUT}`;
}

/** `apiKey`, `x-api-key` and `instance_token` are one name each; `__proto__` is never metadata. */
function isKept(name: string): boolean {
  return name !== '__proto__' && name.length <= SHORTEST_BLOB && !SECRET_NAME.test(name.replaceAll('-', '_'));
}
