import { Injectable, Logger } from '@nestjs/common';
import { TimelineRecorder } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { DeliveryMetrics } from '../delivery/delivery.metrics';
import { SilentFaults } from '../silent-faults';
import type { ReplyState } from './reply-state';

/** A reply and what became of it. */
export interface ReplyResult {
  /** Which of the batch's replies, from 0. */
  reply: number;
  gateway: string;
  /** `unsent`, `refused`: it has no result yet, or will never have one. */
  state: ReplyState | 'unsent' | 'refused';
  error?: string | undefined;
}

/** Says of each reply what became of it: in the log, the metrics and the timeline of the conversation. */
@Injectable()
export class ReplyReport {
  private readonly logger = new Logger('Replies');

  constructor(
    private readonly metrics: DeliveryMetrics,
    private readonly timeline: TimelineRecorder,
    private readonly faults: SilentFaults,
  ) {}

  /** A reply has its result, or one try to send it has failed. */
  tried({ batchId, conversationId }: MergedMessage, result: ReplyResult): void {
    const { reply, gateway, state, error } = result;
    this.metrics.replied(gateway, state);
    if (state === 'logged') this.faults.replyLogged(gateway);
    this.timeline.record(parseConversationId(conversationId), {
      kind: 'reply',
      batchId,
      reply,
      gateway,
      state,
      ...(error !== undefined && { error }),
    });
    // The delivery logs what it makes of these.
    if (state === 'unsent' || state === 'refused') return;
    const { level, text } = LINES[state];
    this.logger[level](text, { batchId, conversationId, reply, gateway, error });
  }

  /** A typing indicator and the like; nothing depends on it. */
  shownNothing({ batchId }: MergedMessage, error: unknown): void {
    this.logger.debug('The customer was shown nothing', { batchId, error: String(error) });
  }
}

const LINES = {
  sent: { level: 'log', text: 'Reply sent' },
  logged: { level: 'warn', text: 'No sender is configured for the gateway of this reply' },
  unknown: { level: 'error', text: 'A reply may or may not have been sent; it is not sent again' },
} as const satisfies Record<ReplyState, object>;
