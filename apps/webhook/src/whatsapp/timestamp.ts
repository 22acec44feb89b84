// Between these a number of seconds and a number of milliseconds cannot be mistaken: the years 1973 and 5138.
const FIRST_MS = 1e11;

/** Reads a time in ms, in seconds, either as text, or as ISO 8601, into whole ms; null for anything else. */
export function readTimestamp(value: unknown): number | null {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return fromNumber(Number(value));
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? fromNumber(Date.parse(value)) : null;
}

function fromNumber(value: number): number | null {
  const ms = Math.floor(value < FIRST_MS ? value * 1000 : value);
  // Date's own bound; beyond it a value is a mistake.
  return Number.isFinite(ms) && ms > 0 && ms <= 8.64e15 ? ms : null;
}
