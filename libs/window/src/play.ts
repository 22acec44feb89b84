import type { BotTime } from './bot-time';
import type { Burst } from './burst';
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

/**
 * Plays one burst: batch by batch, each answered before the bot is called for the next. A message that comes in the very
 * millisecond of a start or an answer is in time. Typing, holds and silences by type are not played.
 */
export function play({ id, at }: Burst, waiting: Waiting, bot: BotTime): Played {
  const answers: Answer[] = [];
  let calls = 0;
  let answered = 0;
  while (answered < at.length) {
    const open = at.slice(answered, answered + waiting.maxSize);
    const answer = answerOf(open, answers.at(-1)?.at ?? -Infinity, waiting, () => bot(id, calls++));
    answers.push(answer);
    answered += answer.messages;
  }
  return { answers, calls };
}

/**
 * The answer to a batch.
 *
 * @param messages all that it may hold, as they come.
 * @param freeAt when the batch before it was answered.
 */
function answerOf(
  messages: readonly number[],
  freeAt: number,
  waiting: Waiting,
  callMs: () => number,
): Answer {
  const longest = (messages[0] as number) + waiting.maxWaitMs;
  let count = Math.max(1, messages.filter((time) => time <= freeAt).length);
  for (let superseded = 0; ; count += 1) {
    const last = messages[count - 1] as number;
    const next = messages[count] ?? Infinity;
    const isFull = count === waiting.maxSize;
    const isFinal = superseded === waiting.maxSupersedes;
    const mayAnswerAt = Math.max(isFull ? last : Math.min(last + waiting.windowMs, longest), freeAt);
    const startAt = isFinal ? mayAnswerAt : Math.min(Math.max(last + waiting.startMs, freeAt), mayAnswerAt);
    if (next <= startAt) continue;
    const at = Math.max(startAt + callMs(), mayAnswerAt);
    if (isFinal || next > at || next >= longest) return { at, messages: count };
    superseded += 1;
  }
}
