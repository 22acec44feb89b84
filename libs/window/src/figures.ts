import { isByHabit, type Windows } from './habit';

/** Milliseconds as an operator reads them: `9` or `9.4`, without the unit. */
export function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(1).replace(/\.0$/, '');
}

/** A window as an operator reads it: `9`, or `4/9/15` if the customer's habit chooses it. */
export function windowInSeconds(windows: Windows): string {
  const { minMs, windowMs, maxMs } = windows;
  return isByHabit(windows) ? [minMs, windowMs, maxMs].map(inSeconds).join('/') : inSeconds(windowMs);
}

/** A share as an operator reads it: `12.4`, without the sign. */
export function inPercent(share: number): string {
  return (100 * share).toFixed(1);
}
