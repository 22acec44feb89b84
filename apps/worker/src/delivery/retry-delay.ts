/** The longest backoff before the next attempt, on top of what the other end asks for, ms. */
const MAX_MS = 5 * 60_000;

/**
 * How long to wait after this many attempts, ms: a random time up to a bound that doubles each time ("full jitter"), so that
 * messages that failed together do not come back together.
 *
 * @param askedMs the delay that the other end asked for; the wait is never shorter.
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
