import { type BotTime, logUniformBot, measuredBot, quantileOf } from './bot-time';
import type { RecordedBatch } from './recorded';

/** A bot's time between two bounds, ms. */
export interface BotRange {
  minMs: number;
  maxMs: number;
}

/** The bot that the settings are played with. */
export interface BotSource {
  /** `measured`: as the jobs of batches show it. `assumed`: they do not. */
  kind: 'given' | 'measured' | 'assumed';
  bot: BotTime;
  /** Jobs that it was measured from. */
  jobs: number;
  /** Half of its calls are answered within this time, ms. */
  medianMs: number;
  /** Nine of ten, ms. */
  p90Ms: number;
}

/** A bot of which nothing is known: as recorded chats were played. */
export const ASSUMED: BotRange = { minMs: 1_000, maxMs: 15_000 };

const LEAST_JOBS = 100;
// No bot: a job that is only logged, or one that replies by itself, later.
const LEAST_MEDIAN_MS = 100;

/** The bot as it is given, else as the jobs show it, else the assumed one. */
export function botOf(batches: readonly RecordedBatch[], given: BotRange | null): BotSource {
  if (given !== null) return source('given', logUniformBot(given.minMs, given.maxMs), 0);
  const times = batches.flatMap(({ answer }) => (answer ? [answer.botMs] : []));
  const measured = source('measured', measuredBot(times), times.length);
  if (times.length >= LEAST_JOBS && measured.medianMs >= LEAST_MEDIAN_MS) return measured;
  return source('assumed', logUniformBot(ASSUMED.minMs, ASSUMED.maxMs), times.length);
}

function source(kind: BotSource['kind'], bot: BotTime, jobs: number): BotSource {
  return { kind, bot, jobs, medianMs: quantileOf(bot, 0.5), p90Ms: quantileOf(bot, 0.9) };
}
