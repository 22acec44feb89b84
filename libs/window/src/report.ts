import { type Advice, advise } from './advice';
import { type BotRange, type BotSource, botOf } from './bot-source';
import { candidateOf, candidatesFor, type Present } from './candidates';
import { shortageOf, type Shortage } from './evidence';
import { Player } from './play';
import { burstsOf, type RecordedBatch } from './recorded';
import { type Row, rowOf } from './row';
import { score } from './score';

/** What a report rests on. */
export interface Data {
  batches: number;
  /** Batches of which it is not known when they were answered. */
  answersAssumed: number;
  /** When the first and the last of their messages came, ms since the epoch; null if there are none. */
  from: number | null;
  to: number | null;
  bursts: number;
  /** Bursts of more than one message. */
  several: number;
  customers: number;
  /** Share of the bursts that were handed off in more than one batch; null if there are none. */
  recordedTwice: number | null;
}

/** How long a bot should wait. Shares are from 0 to 1; nothing in it is about a single customer. */
export interface Report {
  data: Data;
  bot: Omit<BotSource, 'bot'>;
  settings: Row[];
  /** Null if there is too little to recommend one. */
  advice: Advice | null;
  shortage: Shortage | null;
}

/**
 * Plays what a history shows under every setting.
 *
 * @param batches oldest first.
 * @param given how long the bot takes; null: as the jobs show it.
 */
export function reportOf(batches: readonly RecordedBatch[], inUse: Present, given: BotRange | null): Report {
  const { bot, ...about } = botOf(batches, given);
  const present = candidateOf(inUse, bot);
  const { bursts, split, assumed } = burstsOf(batches, about.medianMs);
  const customers = new Set(bursts.map(({ customer }) => customer)).size;
  const period = periodOf(batches);
  const settings =
    bursts.length === 0
      ? []
      : candidatesFor(present, bot).map((each) => {
          const player = new Player(each.waiting, bot);
          return rowOf(
            each,
            score(bursts, (burst) => player.play(burst)),
            present,
          );
        });
  const shortage = shortageOf({ bursts: bursts.length, customers, ...period });
  const now = settings.find(({ isPresent }) => isPresent);
  return {
    data: {
      batches: batches.length,
      answersAssumed: assumed,
      ...period,
      bursts: bursts.length,
      several: bursts.filter(({ at }) => at.length > 1).length,
      customers,
      recordedTwice: bursts.length === 0 ? null : split / bursts.length,
    },
    bot: about,
    settings,
    advice: now && !shortage ? advise(settings, now) : null,
    shortage,
  };
}

function periodOf(batches: readonly RecordedBatch[]): Pick<Data, 'from' | 'to'> {
  // Not by `Math.min(...)`: there may be more times than a call takes arguments.
  let [from, to] = [Infinity, -Infinity];
  for (const time of batches.flatMap(({ receivedAt }) => receivedAt))
    [from, to] = [Math.min(from, time), Math.max(to, time)];
  return from > to ? { from: null, to: null } : { from, to };
}
