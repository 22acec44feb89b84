/** Milliseconds as an operator reads them: `9` or `9.4`, without the unit. */
export function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(1).replace(/\.0$/, '');
}

/** A share as an operator reads it: `12.4`, without the sign. */
export function inPercent(share: number): string {
  return (100 * share).toFixed(1);
}
