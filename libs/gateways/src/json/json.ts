/** An object from a gateway's JSON; nothing about its fields is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A longer text is not an id of any gateway. */
export const LONGEST_ID = 512;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one if it is anything else. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The value as a list; an empty one if it is anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A field whose name came with the payload: never one that every object inherits, such as `constructor`. */
export function fieldOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The objects of a list; none if it is anything else. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return listOf(value).filter(isJsonObject);
}

/** The value as non-blank text; a number becomes text, anything else is null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The first of the values that is text; null if none is. */
export function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value);
    if (text !== null) return text;
  }
  return null;
}

/** Those of the values that are text, with the separator between them; null if none is. */
export function joinedText(separator: string, ...values: readonly unknown[]): string | null {
  return textOf(
    values
      .map(textOf)
      .filter((text) => text !== null)
      .join(separator),
  );
}

/** The value as text that may be an id; a text that is too long is not read, because thousands of entries may share one. */
export function idTextOf(value: unknown): string | null {
  return typeof value === 'string' && value.length > LONGEST_ID ? null : textOf(value);
}

/** The first of the values that can be an id; null if none can. */
export function firstId(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = idTextOf(value);
    if (text !== null) return text.trim();
  }
  return null;
}

/** The spellings of true once a form or a template has turned it into text. */
const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 't', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'f', 'off']);

/** The value as a yes or a no, in any spelling (`true`, `"True"`, `1`); null if it is neither. */
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
