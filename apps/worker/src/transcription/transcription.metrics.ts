import { Injectable } from '@nestjs/common';
import type { MissingWords } from '@app/contracts';
import { Metrics } from '@app/platform';

const MISSING: readonly MissingWords[] = [
  'timeout',
  'transcriber-away',
  'gateway-away',
  'no-file',
  'no-way',
  'too-large',
  'refused',
  'no-words',
];

/** `gone`: the words came when their batch had gone without them, or the message was taken back. */
export type TranscriptOutcome = 'made' | 'gone' | MissingWords;

/** Counts the voice notes that this worker has transcribed, or not. */
@Injectable()
export class TranscriptionMetrics {
  private readonly transcripts;
  private readonly durations;

  constructor(metrics: Metrics) {
    this.transcripts = metrics.counter({
      name: 'transcripts_total',
      help: 'Voice notes: made (given its words), gone (too late, or taken back), or without words (why).',
      labelNames: ['outcome'],
    });
    for (const outcome of ['made', 'gone', ...MISSING]) this.transcripts.inc({ outcome }, 0);
    this.durations = metrics.histogram({
      name: 'transcript_duration_seconds',
      help: 'Time from taking a voice note in hand to its words, fetching and tries included.',
      buckets: [0.25, 0.5, 1, 2, 5, 10, 20, 30, 60],
    });
  }

  ended(outcome: TranscriptOutcome, ms: number): void {
    this.transcripts.inc({ outcome });
    if (outcome === 'made') this.durations.observe(ms / 1000);
  }
}
