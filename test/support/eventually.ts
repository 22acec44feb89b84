const POLL_MS = 25;

/** Longer than the leases and locks that tests run with (30 s at the most), so that what was taken over has come too. */
export const STUCK_MS = 75_000;

/**
 * Asks again and again until the answer is accepted.
 *
 * @throws Error with the last answer if the time is up; an error of `ask` at once. An `ask` that never ends is
 *   waited for, so give it its own time limit.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
  timeoutMs = STUCK_MS,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (performance.now() > deadline)
      throw new Error(`${what}: not in ${timeoutMs} ms; ${JSON.stringify(answer)}`);
    await pause(POLL_MS);
  }
}

/** The pace of the actors in a test: customers, bots, saboteurs. Use `eventually` to wait for the system. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
