import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';

/** Is called with the end of every note. */
export interface TimelineObserver {
  /** @param isKept false if Redis did not take it, or too many were on their way to it. */
  noted(isKept: boolean): void;
}

/** An observer that does nothing. */
export const NO_TIMELINE_OBSERVER: TimelineObserver = { noted: () => undefined };

/** Counts the notes of timelines that were kept, and those that were not: nothing else reports these. */
@Injectable()
export class TimelineMetrics implements TimelineObserver {
  private readonly notes;

  constructor(metrics: Metrics) {
    this.notes = metrics.counter({
      name: 'timeline_notes_total',
      help: 'Notes for the timelines of conversations, by what became of them.',
      labelNames: ['outcome'],
    });
    for (const outcome of ['kept', 'lost']) this.notes.inc({ outcome }, 0);
  }

  noted(isKept: boolean): void {
    this.notes.inc({ outcome: isKept ? 'kept' : 'lost' });
  }
}
