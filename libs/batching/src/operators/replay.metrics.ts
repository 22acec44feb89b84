import type { Metrics } from '@app/platform';
import type { ReplayObserver, ReplayOutcome } from './replay';

const OUTCOMES: readonly ReplayOutcome['kind'][] = ['replayed', 'unknown', 'refused', 'unavailable'];

/** Counts the replays of operators. */
export function observeReplays(metrics: Metrics): ReplayObserver {
  const replays = metrics.counter({
    name: 'replays_total',
    help: 'Replays that operators asked this process for, by outcome.',
    labelNames: ['outcome'],
  });
  for (const outcome of OUTCOMES) replays.inc({ outcome }, 0);
  return (outcome) => replays.inc({ outcome });
}
