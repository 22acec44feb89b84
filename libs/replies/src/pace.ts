import { type OutgoingMessage, textOf } from './outgoing-message';

/** Shorter is not seen as a pause, longer as one that the customer fills, ms. */
const PAUSE_MS = { least: 500, most: 8_000 };
/** The pauses of one answer together, ms; after that its messages follow each other at once. */
const MOST_TOGETHER_MS = 60_000;

/**
 * The pause before a message of an answer, ms: the time in which a person writes it. None before the first, because the
 * customer has waited already.
 *
 * @param pace characters per second; 0: no pauses.
 */
export function pauseBeforeMs(messages: readonly OutgoingMessage[], index: number, pace: number): number {
  if (pace === 0) return 0;
  const pauses = messages.slice(1, index + 1).map((message) => pauseOf(message, pace));
  const together = pauses.reduce((sum, ms) => sum + ms, 0);
  return together > MOST_TOGETHER_MS ? 0 : (pauses.at(-1) ?? 0);
}

function pauseOf(message: OutgoingMessage, pace: number): number {
  const ms = (textOf(message).length / pace) * 1000;
  return Math.round(Math.min(Math.max(ms, PAUSE_MS.least), PAUSE_MS.most));
}
