import type { Burst } from './burst';

/** A batch as the history keeps it, without its texts. Times are ms since the epoch. */
export interface RecordedBatch {
  /** Tells conversations apart; never shown. */
  conversation: string;
  receivedAt: readonly number[];
  flushedAt: number;
  /** When its answer was sent, and how long the bot took for it, ms; null if its job is not done, or no longer kept. */
  answer: { at: number; botMs: number } | null;
}

/** The bursts that a history shows. */
export interface Recorded {
  bursts: Burst[];
  /** How many of them were handed off in more than one batch. */
  split: number;
  /** For how many batches it is not known when they were answered. */
  assumed: number;
}

/** A longer silence ends a burst, whatever the bot did: what comes behind it is a new matter. */
export const LONGEST_PAUSE_MS = 30_000;

/**
 * Puts the messages of batches together to bursts. An answer ends a burst, and so does a silence of 30 s.
 *
 * @param batches oldest first.
 * @param assumedMs from hand-off to answer, where that is not known.
 */
export function burstsOf(batches: readonly RecordedBatch[], assumedMs: number): Recorded {
  const open = new Map<string, OpenBurst>();
  const closed: OpenBurst[] = [];
  for (const batch of batches) {
    const { conversation, receivedAt, flushedAt, answer } = batch;
    let burst = open.get(conversation) ?? new OpenBurst(conversation);
    for (const time of receivedAt) {
      if (burst.isOverAt(time)) {
        closed.push(burst);
        burst = burst.next(time);
      }
      burst.add(time, batch);
    }
    burst.answers.push(answer?.at ?? flushedAt + assumedMs);
    open.set(conversation, burst);
  }
  const all = [...closed, ...open.values()].filter(({ at }) => at.length > 0);
  return {
    bursts: all.map(({ customer, at }, id) => ({ id, customer, at })),
    split: all.filter(({ batches: { size } }) => size > 1).length,
    assumed: batches.filter(({ answer }) => answer === null).length,
  };
}

class OpenBurst {
  readonly at: number[] = [];
  readonly batches = new Set<RecordedBatch>();

  /** @param answers when batches of this conversation were answered, in any order. */
  constructor(
    readonly customer: string,
    readonly answers: number[] = [],
  ) {}

  isOverAt(time: number): boolean {
    const last = this.at.at(-1);
    if (last === undefined) return false;
    return time - last > LONGEST_PAUSE_MS || this.answers.some((answer) => answer > last && answer <= time);
  }

  /** The burst of a message that is no part of this one. */
  next(time: number): OpenBurst {
    return new OpenBurst(
      this.customer,
      this.answers.filter((answer) => answer > time),
    );
  }

  add(time: number, batch: RecordedBatch): void {
    // Redis's clock may have been set back.
    this.at.push(Math.max(time, this.at.at(-1) ?? time));
    this.batches.add(batch);
  }
}
