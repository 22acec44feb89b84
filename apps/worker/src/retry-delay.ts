/** The longest that one attempt waits for the next of its own accord, ms. */
const MAX_MS = 5 * 60_000;

/**
 * How long to wait after so many attempts, ms: anything up to a bound that doubles each time ("full jitter"), so that
 * those who failed together do not come back together.
 *
 * @param askedMs what the other end asked for; never less than that.
 */
export function retryDelayMs(
  attempts: number,
  baseMs: number,
  askedMs: number | null = null,
  random: () => number = Math.random,
): number {
  const boundMs = Math.min(baseMs * 2 ** Math.max(0, attempts - 1), MAX_MS);
  return Math.round((askedMs ?? 0) + random() * boundMs);
}
