import { invalid } from '@app/platform';

/** A place in a list as text that a URL can hold and nobody is tempted to take apart. */
export function encodeCursor(place: string | null): string | null {
  return place === null ? null : Buffer.from(place).toString('base64url');
}

/**
 * The place that a cursor stands for; null where there is none.
 *
 * @throws ProblemException 400 for a text that no answer of ours holds.
 */
export function decodeCursor(cursor: string | undefined, isPlace: (place: string) => boolean): string | null {
  if (cursor === undefined) return null;
  const place = Buffer.from(cursor, 'base64url').toString();
  // Decoding leaves out what is no base64, and replaces what is no UTF-8.
  if (encodeCursor(place) === cursor && isPlace(place)) return place;
  throw invalid([{ field: 'cursor', message: 'must be the cursor of an earlier answer' }]);
}
