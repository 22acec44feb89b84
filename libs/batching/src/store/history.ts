import type { Keys } from './keys';
import type { HISTORY_KEYS } from './scripts/commit-batch.fragment';

/** The history of a partition. */
export function historyOf({
  history,
  historySizes,
  historyIndex,
}: Keys): Record<(typeof HISTORY_KEYS)[number], string> {
  return { history, historySizes, historyIndex };
}
