/** An object of a bot's JSON; nothing about its fields is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one if it is anything else. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The object of an answer, also where a workflow has put a list around it; an empty one if it is anything else. */
export function objectIn({ value }: { readonly value: unknown }): JsonObject {
  return objectOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
}

/** The value as a list; an empty one if it is anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text that says something; null if it is anything else. */
export function wordsIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/**
 * The text of a model's message: a text, or the joined texts of its parts (`[{"type": "text", "text": "…"}]`). Null if it
 * says nothing.
 */
export function contentText(content: unknown): string | null {
  if (!Array.isArray(content)) return wordsIn(content);
  const parts = content.map((part) => (typeof part === 'string' ? part : objectOf(part).text));
  return wordsIn(parts.filter((part) => typeof part === 'string').join(''));
}
