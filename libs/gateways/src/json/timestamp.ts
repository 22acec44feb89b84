import { isJsonObject } from './json';

// One scale per unit: 1e11 is March 1973 in ms, and in seconds a year that no message will see.
const LARGEST_SECONDS = 1e11;
const LARGEST_MS = 1e14;
const LARGEST_MICROSECONDS = 1e17;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_AND_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;
/** ISO 8601 allows a zone without minutes, which PostgreSQL writes. */
const ZONE_OF_HOURS = /(:\d{2}(?:\.\d{1,9})?[+-]\d{2})$/;

/**
 * The moment in ms since the epoch, from any spelling that a gateway uses; null if there is none to read.
 *
 * It reads seconds, ms, microseconds and nanoseconds as numbers, floats or numeric text, ISO 8601 and RFC 3339
 * text, a date alone, and the `{low, high}` that a protobuf library makes of a 64-bit number. Text without a zone is UTC.
 */
export function timestampMsOf(value: unknown): number | null {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value === 'string') return fromText(value.trim());
  return isJsonObject(value) ? fromLong(value.low, value.high) : null;
}

/** The first of the values that is a moment, in ms; null if none is. */
export function firstTimestampMs(...values: readonly unknown[]): number | null {
  for (const value of values) {
    const moment = timestampMsOf(value);
    if (moment !== null) return moment;
  }
  return null;
}

function fromNumber(value: number): number | null {
  const ms = Math.round(value * factorOf(value));
  return ms > 0 && ms < LARGEST_MS ? ms : null;
}

function factorOf(value: number): number {
  if (value < LARGEST_SECONDS) return 1e3;
  if (value < LARGEST_MS) return 1;
  return value < LARGEST_MICROSECONDS ? 1e-3 : 1e-6;
}

function fromText(text: string): number | null {
  if (/^\d{1,20}(?:\.\d{1,20})?$/.test(text)) return fromNumber(Number(text));
  if (text.length > 40 || !(DATE_AND_TIME.test(text) || DATE.test(text))) return null;
  const whole = text.replace(ZONE_OF_HOURS, '$1:00');
  const moment = Date.parse(DATE.test(whole) || ZONE.test(whole) ? whole : `${whole}Z`);
  // Go writes a missing time as the year 1.
  return moment > 0 ? moment : null;
}

function fromLong(low: unknown, high: unknown): number | null {
  if (typeof low !== 'number' || typeof high !== 'number') return null;
  return fromNumber(high * 2 ** 32 + (low >>> 0));
}
