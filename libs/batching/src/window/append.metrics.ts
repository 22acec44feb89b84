import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';
import type { AppendOutcome, AppendReply } from '../store/scripts/append';

/** `invalid`: it could not be read, and never reached the store. */
export type BroughtOutcome = AppendOutcome | (typeof REJECTIONS)[number];

const REJECTIONS = ['invalid', 'over-cap', 'too-large', 'unavailable'] as const;

/** What a stored message was, besides its outcome: just behind the answer to the one before; beyond `MAX_MESSAGES_PER_MINUTE`. */
export type AppendMarks = Pick<AppendReply, 'isOvertaken' | 'isSlowed'>;

/** Is called with the result of every received message. */
export interface AppendObserver {
  appended(outcome: BroughtOutcome, marks?: AppendMarks): void;
}

/** An observer that does nothing. */
export const NO_APPEND_OBSERVER: AppendObserver = { appended: () => undefined };

/** Counts the messages that this process has accepted and refused. */
@Injectable()
export class AppendMetrics implements AppendObserver {
  private readonly accepted;
  private readonly duplicates;
  private readonly blocked;
  private readonly rejected;
  private readonly overtaken;
  private readonly slowed;

  constructor(metrics: Metrics) {
    this.accepted = metrics.counter({
      name: 'messages_accepted_total',
      help: 'Messages that this process accepted.',
    });
    this.duplicates = metrics.counter({
      name: 'messages_duplicate_total',
      help: 'Messages that were already known, and changed nothing.',
    });
    this.blocked = metrics.counter({
      name: 'messages_blocked_total',
      help: 'Messages that were not stored, because an operator has blocked their sender.',
    });
    this.rejected = metrics.counter({
      name: 'messages_rejected_total',
      help: 'Messages that were not stored: invalid, over-cap, too-large, or unavailable (Redis did not answer).',
      labelNames: ['reason'],
    });
    for (const reason of REJECTIONS) this.rejected.inc({ reason }, 0);
    this.overtaken = metrics.counter({
      name: 'answers_overtaken_total',
      help: 'Messages that came within 5 s after the answer to the one before: the window was too short for them.',
    });
    this.slowed = metrics.counter({
      name: 'messages_slowed_total',
      help: 'Messages beyond MAX_MESSAGES_PER_MINUTE: they are answered when the minute is over.',
    });
  }

  appended(outcome: BroughtOutcome, marks?: AppendMarks): void {
    if (marks?.isOvertaken) this.overtaken.inc();
    if (marks?.isSlowed) this.slowed.inc();
    switch (outcome) {
      case 'opened':
      case 'extended':
      case 'full':
      case 'direct':
      case 'revoked':
        this.accepted.inc();
        break;
      case 'duplicate':
        this.duplicates.inc();
        break;
      case 'blocked':
        this.blocked.inc();
        break;
      case 'invalid':
      case 'over-cap':
      case 'too-large':
      case 'unavailable':
        this.rejected.inc({ reason: outcome });
        break;
      default:
        outcome satisfies never;
    }
  }
}
