import { Injectable } from '@nestjs/common';
import type { LateReplyOutcome } from '@app/batching';
import { Metrics } from '@app/platform';

const OUTCOMES: readonly LateReplyOutcome[] = ['kept', 'duplicate', 'superseded', 'muted', 'over', 'unknown'];

/** Counts the replies that bots give after their calls. */
@Injectable()
export class LateReplyMetrics {
  private readonly replies;

  constructor(metrics: Metrics) {
    this.replies = metrics.counter({
      name: 'late_replies_total',
      help: 'Replies that came after the call of the bot: kept for a worker, duplicate, or refused (superseded, muted, over, unknown).',
      labelNames: ['outcome'],
    });
    for (const outcome of OUTCOMES) this.replies.inc({ outcome }, 0);
  }

  came(outcome: LateReplyOutcome): void {
    this.replies.inc({ outcome });
  }
}
