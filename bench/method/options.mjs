/** True where the benchmarks only have to prove that they still run: tiny numbers, no claim to mean anything. */
export const isQuick = process.argv.includes('--quick');

/** True where whoever calls has installed and built already, and nothing of that is to be touched. */
export const isAsIs = process.argv.includes('--as-is');

/**
 * The size of a benchmark.
 *
 * @template T
 * @param {T} full
 * @param {T} quick
 * @returns {T}
 */
export function sized(full, quick) {
  return isQuick ? quick : full;
}
