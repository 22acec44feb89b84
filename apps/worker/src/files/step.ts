import type { MissingFile } from '@app/contracts';
import type { Outcome } from '../http/one-call';
import { LONGEST_RETRY_AFTER_MS, retryAfterMs } from '../http/retry-after';

/** A step towards a file, or towards what is made of it. `again`: it may succeed later, at the earliest after so long. */
export type Step<T, W = MissingFile> =
  | { kind: 'done'; value: T }
  | { kind: 'missing'; why: W; error: string }
  | { kind: 'again'; error: string; afterMs: number };

/** How steps end. */
export type Ended<T, W = MissingFile> = Exclude<Step<T, W>, { kind: 'again' }>;

/** A failed call: `again` where that may help, else what it was for is missing for this reason. */
export function failed<W>(call: Outcome<unknown>, why: W): Step<never, W> {
  switch (call.kind) {
    case 'answered': {
      const { status, headers } = call;
      const error = `HTTP ${status}`;
      if (!isPassing(status)) return { kind: 'missing', why, error };
      const askedMs = retryAfterMs(headers['retry-after'], Date.now()) ?? 0;
      return { kind: 'again', error, afterMs: Math.min(askedMs, LONGEST_RETRY_AFTER_MS) };
    }
    case 'not-sent':
      return call.isForbidden
        ? { kind: 'missing', why, error: call.error }
        : { kind: 'again', error: call.error, afterMs: 0 };
    case 'no-answer':
      return { kind: 'again', error: call.error, afterMs: 0 };
    case 'interrupted':
      return { kind: 'again', error: 'interrupted', afterMs: 0 };
    case 'unsendable':
      return { kind: 'missing', why, error: call.error };
  }
}

function isPassing(status: number): boolean {
  return [408, 425, 429].includes(status) || status >= 500;
}
