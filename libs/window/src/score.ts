import type { Burst } from './burst';
import type { Played } from './play';

/** What a setting does to customers, and what it costs. */
export interface Score {
  /** Share of the bursts that were answered more than once. */
  twice: number;
  /** In 19 of 20 cases the true share is no further away than this; 1 if there is only one customer. */
  margin: number;
  /** From a burst's last message to its last answer, ms. */
  meanMs: number;
  /** Nine of ten bursts were answered within this time, ms. */
  p90Ms: number;
  /** Calls of the bot for each burst. */
  calls: number;
}

/** What playing each burst comes to; there must be one. */
export function score(bursts: readonly Burst[], playOne: (burst: Burst) => Played): Score {
  const customers = new Map<string, Tally>();
  const delays: number[] = [];
  let calls = 0;
  for (const burst of bursts) {
    const played = playOne(burst);
    calls += played.calls;
    delays.push(delayOf(burst, played));
    const tally = customers.get(burst.customer) ?? { bursts: 0, twice: 0 };
    customers.set(burst.customer, tally);
    tally.bursts += 1;
    if (played.answers.length > 1) tally.twice += 1;
  }
  delays.sort((a, b) => a - b);
  return {
    ...shareOf([...customers.values()]),
    meanMs: delays.reduce((sum, delay) => sum + delay, 0) / delays.length,
    p90Ms: delays[Math.ceil(0.9 * delays.length) - 1] as number,
    calls: calls / bursts.length,
  };
}

function delayOf({ at }: Burst, { answers }: Played): number {
  return (answers.at(-1)?.at ?? NaN) - (at.at(-1) ?? NaN);
}

interface Tally {
  bursts: number;
  twice: number;
}

const IN_19_OF_20_CASES = 1.96;

/**
 * A share, and its margin by customers and not by bursts, because one customer's bursts resemble each other: the variance
 * of a ratio over clusters, Cochran, Sampling Techniques, chapter 3.
 */
function shareOf(customers: readonly Tally[]): Pick<Score, 'twice' | 'margin'> {
  const bursts = customers.reduce((sum, each) => sum + each.bursts, 0);
  const twice = customers.reduce((sum, each) => sum + each.twice, 0) / bursts;
  const squares = customers.reduce((sum, each) => sum + (each.twice - twice * each.bursts) ** 2, 0);
  const variance = (customers.length / (customers.length - 1)) * (squares / bursts ** 2);
  return { twice, margin: customers.length > 1 ? IN_19_OF_20_CASES * Math.sqrt(variance) : 1 };
}
