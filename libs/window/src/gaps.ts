import { burstsOf, LONGEST_PAUSE_MS, type RecordedBatch } from './recorded';

const SECOND_MS = 1_000;

/**
 * How many pauses within bursts lasted so long: from 0 to 1 s, from 1 to 2 s, and so on up to the silence that ends a burst.
 *
 * @param batches oldest first.
 * @param assumedMs from hand-off to answer, where that is not known.
 */
export function gapsOf(batches: readonly RecordedBatch[], assumedMs: number): number[] {
  const counts = new Array<number>(LONGEST_PAUSE_MS / SECOND_MS).fill(0);
  for (const { at } of burstsOf(batches, assumedMs).bursts) {
    for (const [i, time] of at.entries()) {
      if (i === 0) continue;
      const second = Math.floor((time - (at[i - 1] ?? time)) / SECOND_MS);
      const place = Math.min(second, counts.length - 1);
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return counts;
}
