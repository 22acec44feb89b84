/** The longest delay that another end may ask for, ms: it asked for patience, not to be forgotten. */
export const LONGEST_RETRY_AFTER_MS = 10 * 60_000;

/**
 * The delay that `Retry-After` asks for, ms: a number of seconds or an HTTP date (RFC 9110, 10.2.3), bounded.
 *
 * @returns null if it asks for nothing that can be understood.
 */
export function retryAfterMs(header: string | string[] | undefined, nowMs: number): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (text === undefined || text === '') return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : dateMs(text) - nowMs;
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS);
}

/** An HTTP date begins with its weekday; `Date.parse` alone would accept "1.5" as a date too. */
function dateMs(text: string): number {
  return /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : NaN;
}
