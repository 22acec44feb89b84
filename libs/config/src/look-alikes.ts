import type { Problem } from './problem';

const UNITS = new Set(['MS', 'S', 'SEC', 'SECS', 'SECONDS', 'MILLISECONDS', 'BYTES']);
const MAX_SLIPS = 2;
// One slip in five letters: short names have too many neighbours that are somebody else's.
const LETTERS_PER_SLIP = 5;

/** Unknown variables that look like one of ours: misspelt, its words in another order, or with a unit behind. */
export function lookAlikes(names: readonly string[], ours: readonly string[]): Problem[] {
  return names.flatMap((variable) => {
    const meant = ours.includes(variable) ? undefined : ours.find((name) => looksLike(variable, name));
    return meant === undefined ? [] : [{ variable, problem: `is not known; did you mean ${meant}?` }];
  });
}

function looksLike(name: string, ours: string): boolean {
  const allowed = Math.min(MAX_SLIPS, Math.floor(ours.length / LETTERS_PER_SLIP));
  if (allowed === 0) return false;
  return wordsOf(name) === wordsOf(ours) || slips(name.toUpperCase(), ours, allowed) <= allowed;
}

function wordsOf(name: string): string {
  const words = name.toUpperCase().split('_');
  return words
    .filter((word) => !UNITS.has(word))
    .sort()
    .join('_');
}

/** How many letters were missed, added, mistaken or swapped with a neighbour; more than `limit` is only "more". */
function slips(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const changed = at(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]);
      row.push(
        Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, isSwap ? at(i - 2, j - 2) + 1 : Infinity),
      );
    }
  }
  return at(a.length, b.length);
}
