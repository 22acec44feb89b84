/** Every JSON library that handles a value later has its own limit of levels; this is below them all. */
export const MAX_LEVELS = 32;

/** True if a JSON value is nested no more than so many levels deep. */
export function isShallow(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isShallow(each, levels - 1));
}
