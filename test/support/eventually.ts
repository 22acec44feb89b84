const POLL_MS = 25;

/** Longer than any lease or lock, so that what was taken over in the meantime has come too. */
export const STUCK_MS = 75_000;

/**
 * Asks again and again until the answer is one to go on with.
 *
 * @throws Error with the last answer where the time is up.
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

/** The pace at which a customer writes; never a way to wait for the system. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
