/** Reads an entry of a stream, which Redis returns as names and values in turn: the value of a field, '' where there is none. */
export function fieldsOf(entry: readonly string[]): (name: string) => string {
  const values = new Map<string, string>();
  for (let i = 0; i < entry.length; i += 2) values.set(entry[i] ?? '', entry[i + 1] ?? '');
  return (name) => values.get(name) ?? '';
}
