import type { JsonObject } from './json/json';

/** An answer other than 2xx to a call that was to send something. */
export interface FailedAnswer {
  readonly status: number;
  /** Its body; empty if that is no JSON object. */
  readonly json: JsonObject;
}

/**
 * What such an answer means. `unsent`: nothing was sent, and it may be tried again. `refused`: nothing was sent, and another
 * try changes nothing. `unknown`: it may have been sent.
 */
export interface SendFailure {
  readonly kind: 'unsent' | 'refused' | 'unknown';
  /** The gateway's reason in our words, without anything of the message; left out where the status says it all. */
  readonly why?: string;
  /** How long the gateway asks us to wait, ms, if it does so in the body. */
  readonly retryAfterMs?: number;
}

/**
 * What a status alone means: 425 and 429 ask for patience, any other below 500 is a refusal, and above that nothing is certain.
 *
 * @param unsent true for a status of 5xx with which the gateway says for certain that nothing was sent.
 */
export function failureByStatus(status: number, unsent: (status: number) => boolean): SendFailure {
  if (status === 425 || status === 429) return { kind: 'unsent' };
  if (status < 500) return { kind: 'refused' };
  return { kind: unsent(status) ? 'unsent' : 'unknown' };
}
