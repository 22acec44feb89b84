import type { MissingWords } from '@app/contracts';
import type { Outcome } from '../http/one-call';
import { LONGEST_RETRY_AFTER_MS, retryAfterMs } from '../http/retry-after';

/** A step towards the words of a voice note. `again`: it may succeed later, at the earliest after so long. */
export type Step<T> =
  | { kind: 'done'; value: T }
  | { kind: 'missing'; why: MissingWords; error: string }
  | { kind: 'again'; error: string; afterMs: number };

/** A failed call: `again` where that may help, else the words are missing for this reason. */
export function failed<B>(call: Outcome<B>, why: MissingWords): Step<never> {
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
