/** What is known of how a customer writes: how many of their latest turns held more than one message. */
export interface Habit {
  turns: number;
  splits: number;
}

/** The silences among which a customer's habit chooses, ms; all alike where it chooses nothing (`ENDPOINTING=fixed`). */
export interface Windows {
  /** For customers who rarely split: `BATCH_TIMEOUT_MIN`. */
  minMs: number;
  /** For the others: `BATCH_TIMEOUT`. */
  windowMs: number;
  /** For customers who often split: `BATCH_TIMEOUT_MAX`. */
  maxMs: number;
}

/** Nothing is known yet. */
export const NO_HABIT: Habit = { turns: 0, splits: 0 };

// Before anything is known: 22 % of the turns split, worth three turns. Found, with the two bounds, on recorded chats.
const PRIOR = { turns: 3, splits: 0.66 };
const RARELY = 0.15;
const OFTEN = 0.3;
// With so many turns both counts are halved: the latest turns count for more.
const MOST_TURNS = 20;

/** True if a customer's habit makes a difference. */
export function isByHabit({ minMs, maxMs }: Windows): boolean {
  return minMs < maxMs;
}

/** The silence that a message asks for which is the batch's last of so many, ms. */
export function silenceAfter(
  messages: number,
  { turns, splits }: Habit,
  { minMs, windowMs, maxMs }: Windows,
): number {
  const share = (splits + PRIOR.splits) / (turns + PRIOR.turns);
  if (share > OFTEN) return maxMs;
  return share <= RARELY && messages === 1 ? minMs : windowMs;
}

/**
 * What is known when a batch of so many messages has been committed, too.
 *
 * @param goesOn its first message came before, or just behind, the answer to the batch before it: that one was a part of a
 * split turn too, and was taken for a whole one.
 */
export function learnt({ turns, splits }: Habit, messages: number, goesOn: boolean): Habit {
  const kept = turns >= MOST_TURNS ? 0.5 : 1;
  const all = Math.round(kept * turns) + 1;
  const shown = goesOn ? 2 : messages > 1 ? 1 : 0;
  return { turns: all, splits: Math.min(all, Math.round(kept * splits) + shown) };
}
