/** The formats that models read, by how a file begins. */
const FORMATS: readonly (readonly [mimeType: string, beginning: RegExp])[] = [
  ['image/jpeg', /^\xFF\xD8\xFF/],
  ['image/png', /^\x89PNG/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
];
const LONGEST_BEGINNING = 12;

/** The mime type of a picture by its bytes, for what servers say of files is often wrong; null if no model reads it. */
export function pictureTypeOf(bytes: Buffer): string | null {
  const beginning = bytes.toString('latin1', 0, LONGEST_BEGINNING);
  return FORMATS.find(([, format]) => format.test(beginning))?.[0] ?? null;
}
