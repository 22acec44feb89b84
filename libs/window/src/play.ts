import type { BotTime } from './bot-time';
import type { Burst } from './burst';
import { type Habit, learnt, NO_HABIT, silenceAfter } from './habit';
import type { Waiting } from './waiting';

/** A reply that was sent. */
export interface Answer {
  /** When, by the burst's own clock, ms. */
  at: number;
  /** How many messages it answers. */
  messages: number;
}

/** What became of a burst. */
export interface Played {
  answers: Answer[];
  /** Calls of the bot, superseded ones included. */
  calls: number;
}

/** A message that comes so soon behind an answer was not meant for it, ms. */
const BEHIND_ANSWER_MS = 5_000;

/** Plays one burst of a customer of whom nothing is known. */
export function play(burst: Burst, waiting: Waiting, bot: BotTime): Played {
  return new Player(waiting, bot).play(burst);
}

/**
 * Plays bursts under one setting: batch by batch, each answered before the bot is called for the next. A message that comes in
 * the very millisecond of a start or an answer is in time. What the customer's habit is goes from one burst to the next.
 * Typing, holds and silences by type are not played.
 */
export class Player {
  private readonly habits = new Map<string, Habit>();

  constructor(
    private readonly waiting: Waiting,
    private readonly bot: BotTime,
  ) {}

  /** Each customer's bursts are played in their order. */
  play({ id, customer, at }: Burst): Played {
    const { waiting } = this;
    const answers: Answer[] = [];
    let calls = 0;
    let answered = 0;
    let last: Committed | null = null;
    let habit = this.habits.get(customer) ?? NO_HABIT;
    let earlier = habit;
    while (answered < at.length) {
      const open = at.slice(answered, answered + waiting.maxSize);
      const committedAt = last?.committedAt ?? -Infinity;
      // A silence is chosen when its message comes, by what is known then.
      const silences = open.map(
        (time, i) => time + silenceAfter(i + 1, time > committedAt ? habit : earlier, waiting),
      );
      const batch = committed(open, silences, last?.at ?? -Infinity, waiting, () => this.bot(id, calls++));
      answers.push({ at: batch.at, messages: batch.messages });
      answered += batch.messages;
      earlier = habit;
      habit = learnt(habit, batch.messages, last !== null && goesOn(batch.openedAt, last, waiting));
      last = batch;
    }
    this.habits.set(customer, habit);
    return { answers, calls };
  }
}

interface Committed extends Answer {
  openedAt: number;
  /** When nothing superseded it any more: when its answer was sent or, of a final call, when that began. */
  committedAt: number;
}

/** True if a batch that begins now goes on with the turn of the one before it. */
function goesOn(openedAt: number, before: Committed, { maxWaitMs }: Waiting): boolean {
  const isBehind = openedAt > before.at;
  return isBehind ? openedAt - before.at < BEHIND_ANSWER_MS : openedAt < before.openedAt + maxWaitMs;
}

/**
 * What becomes of a batch.
 *
 * @param messages all that it may hold, as they come.
 * @param silences when the silence behind each of them ends.
 * @param freeAt when the batch before it was answered.
 */
function committed(
  messages: readonly number[],
  silences: readonly number[],
  freeAt: number,
  waiting: Waiting,
  callMs: () => number,
): Committed {
  const openedAt = messages[0] as number;
  const longest = openedAt + waiting.maxWaitMs;
  let count = Math.max(1, messages.filter((time) => time <= freeAt).length);
  for (let superseded = 0; ; count += 1) {
    const last = messages[count - 1] as number;
    const next = messages[count] ?? Infinity;
    const isFull = count === waiting.maxSize;
    const silentAt = Math.max(...silences.slice(0, count));
    const mayAnswerAt = Math.max(isFull ? last : Math.min(silentAt, longest), freeAt);
    const mayStartAt = Math.min(Math.max(last + waiting.startMs, freeAt), mayAnswerAt);
    const isLast = superseded === waiting.maxSupersedes;
    const startAt = isLast ? mayAnswerAt : mayStartAt;
    if (next <= startAt) continue;
    const at = Math.max(startAt + callMs(), mayAnswerAt);
    if (isLast || next > at || next >= longest) {
      const isFinal = isLast || isFull || startAt >= longest;
      return { at, messages: count, openedAt, committedAt: isFinal ? startAt : at };
    }
    superseded += 1;
  }
}
