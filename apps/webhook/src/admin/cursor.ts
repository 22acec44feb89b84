import { invalid } from '@app/platform';

/** A place in a list as opaque text that fits into a URL. */
export function encodeCursor(place: string | null): string | null {
  return place === null ? null : Buffer.from(place).toString('base64url');
}

/**
 * The place that a cursor stands for; null without a cursor.
 *
 * @throws ProblemException 400 for a text that is not a cursor of ours.
 */
export function decodeCursor(cursor: string | undefined, isPlace: (place: string) => boolean): string | null {
  if (cursor === undefined) return null;
  const place = Buffer.from(cursor, 'base64url').toString();
  // Decoding drops what is not base64, and replaces what is not UTF-8.
  if (encodeCursor(place) === cursor && isPlace(place)) return place;
  throw invalid([{ field: 'cursor', message: 'must be the cursor of an earlier answer' }]);
}
