import type { JsonObject } from './json';

/** The fields of a URL-encoded form; a field that is repeated is the list of its values. */
export function formFields(text: string): JsonObject {
  return Object.fromEntries(
    [...valuesByName(text)].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** The values of each field of a URL-encoded form, in their order. */
export function valuesByName(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}
