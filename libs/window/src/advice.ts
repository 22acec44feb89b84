import type { Row } from './row';
import type { Score } from './score';

/** What is advised. */
export interface Advice {
  /** The present setting itself where nothing is better. */
  recommended: Row;
  /** What it is better at than any other. */
  isQuickest: boolean;
  /** One that answers fewer bursts twice, no later than the present one; null if there is none. */
  alternative: Row | null;
}

/** What a quicker answer may cost: so many times the present calls of the bot. */
export const MOST_CALLS = 1.2;

// A smaller gain is not worth a change.
const QUICKER = 0.95;
// What begins at the same moments differs in the last digits.
const NO_MORE = 1.005;

/**
 * Recommends the quickest setting that answers no more bursts twice than the present one and calls the bot at most a fifth
 * more often. If that is hardly quicker, the one that answers the fewest twice, at the present delay and calls. Windows that
 * are longer than the present one are left out.
 */
export function advise(rows: readonly Row[], present: Row): Advice {
  const { twice, meanMs, calls } = present;
  const known = rows.filter(({ isBeyond }) => !isBeyond);
  const quick = known.filter((row) => row.twice <= twice && row.calls <= MOST_CALLS * calls);
  const calm = known.filter((row) => row.meanMs <= NO_MORE * meanMs && row.calls <= NO_MORE * calls);
  const quickest = best(quick, 'meanMs', present);
  const calmest = best(calm, 'twice', present);
  const isQuickest = quickest.meanMs <= QUICKER * meanMs;
  const recommended = isQuickest ? quickest : calmest;
  return { recommended, isQuickest, alternative: calmest.twice < recommended.twice ? calmest : null };
}

/** Of those that are as good as the best by one measure, the one that calls the bot least. */
function best(rows: readonly Row[], measure: keyof Score, present: Row): Row {
  const most = NO_MORE * Math.min(present[measure], ...rows.map((row) => row[measure]));
  return [present, ...rows]
    .filter((row) => row[measure] <= most)
    .reduce((one, other) => (other.calls < one.calls ? other : one));
}
