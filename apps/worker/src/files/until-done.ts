import { setTimeout as pause } from 'node:timers/promises';
import type { Ended, Step } from './step';

/** Until when something may be tried: `endsAt` by `performance.now()`, or until it is no longer wanted. */
export interface Patience {
  endsAt: number;
  signal: AbortSignal;
}

/** The first pause before another try, ms; each is twice as long as the one before. */
const PAUSE_MS = 500;

/**
 * Takes a step again while that may help and time is left; null if it was broken off.
 *
 * @param away why it fails if no other end waited for could be reached, or had time; `timeout` if it did not answer at all.
 */
export async function untilDone<T, W>(
  { endsAt, signal }: Patience,
  away: W,
  step: (timeoutMs: number) => Promise<Step<T, W>>,
): Promise<Ended<T, W | 'timeout'> | null> {
  for (let tries = 0; ; tries += 1) {
    const leftMs = endsAt - performance.now();
    const result = await step(Math.max(1, Math.ceil(leftMs)));
    if (signal.aborted) return null;
    if (result.kind !== 'again') return result;
    const { error, afterMs } = result;
    const pauseMs = Math.max(PAUSE_MS * 2 ** tries, afterMs);
    const now = performance.now();
    if (now >= endsAt) return { kind: 'missing', why: 'timeout', error };
    if (now + pauseMs >= endsAt) return { kind: 'missing', why: away, error };
    // A pause that is broken off is followed by a step that is, too.
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
