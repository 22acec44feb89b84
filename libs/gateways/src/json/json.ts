/** An object out of a gateway's JSON; nothing about its fields is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Longer texts are no id that any gateway hands out. */
export const LONGEST_ID = 512;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one where it is anything else. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The value as a list; an empty one where it is anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A field whose name came with the payload: never one that every object inherits, such as `constructor`. */
export function fieldOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The value as text that says something; numbers are written out, blank text and all else is null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The first of the values that is text; null where none is. */
export function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value);
    if (text !== null) return text;
  }
  return null;
}

/** The value as text that may be an id; what is too long is not read, for one value may stand beside thousands of entries. */
export function idTextOf(value: unknown): string | null {
  return typeof value === 'string' && value.length > LONGEST_ID ? null : textOf(value);
}

/** The first of the values that can be an id; null where none can. */
export function firstId(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = idTextOf(value);
    if (text !== null) return text.trim();
  }
  return null;
}

/** How true and false are spelt once a form or a template has made text of them. */
const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 't', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'f', 'off']);

/** The value as a yes or a no, however it is spelt (`true`, `"True"`, `1`); null where it is neither. */
export function flagOf(value: unknown): boolean | null {
  const word = typeof value === 'boolean' ? String(value) : (textOf(value)?.trim().toLowerCase() ?? '');
  if (YES.has(word)) return true;
  return NO.has(word) ? false : null;
}

/** The object without the fields that are null, undefined or empty objects. */
export function compact(object: JsonObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value != null && !(isJsonObject(value) && Object.keys(value).length === 0),
    ),
  );
}
