import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';

const ENDS = ['replayed', 'unknown', 'refused', 'unavailable'] as const;

/** Is called with the result of every requested replay. */
export interface ReplayObserver {
  ended(outcome: (typeof ENDS)[number]): void;
}

/** Does nothing. */
export const NO_REPLAY_OBSERVER: ReplayObserver = { ended: () => undefined };

/** Counts the replays of operators. */
@Injectable()
export class ReplayMetrics implements ReplayObserver {
  private readonly replays;

  constructor(metrics: Metrics) {
    this.replays = metrics.counter({
      name: 'replays_total',
      help: 'Replays that operators asked this process for, by outcome.',
      labelNames: ['outcome'],
    });
    for (const outcome of ENDS) this.replays.inc({ outcome }, 0);
  }

  ended(outcome: (typeof ENDS)[number]): void {
    this.replays.inc({ outcome });
  }
}
