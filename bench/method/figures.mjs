/** @typedef {{ median: number, min: number, max: number }} Spread */

/**
 * @param {number[]} values
 * @returns {Spread}
 */
export function spreadOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: percentile(sorted, 50), min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** The value that so many per cent of a sorted list do not exceed. */
export function percentile(/** @type {number[]} */ sorted, /** @type {number} */ percent) {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

/** p50 and p99 of values in any order. */
export function percentilesOf(/** @type {number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 50), p99: percentile(sorted, 99) };
}

/** A number as a person reads it: three figures that count. */
export function shown(/** @type {number} */ value) {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 4;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}

/** The median, and between which values the rounds lay. */
export function shownSpread(/** @type {Spread} */ { median, min, max }) {
  return min === max ? shown(median) : `${shown(median)} (${shown(min)}–${shown(max)})`;
}
