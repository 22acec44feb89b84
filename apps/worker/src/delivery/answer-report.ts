import { Injectable, Logger } from '@nestjs/common';
import { UsualBotTime } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import type { DeliveryRecord } from './delivery-progress';
import { DeliveryMetrics } from './delivery.metrics';

/** Says of each answer how long the customer waited for it, and why; and how long the bot usually takes. */
@Injectable()
export class AnswerReport {
  private readonly logger = new Logger('Answer');

  constructor(
    private readonly metrics: DeliveryMetrics,
    private readonly usualBotTime: UsualBotTime,
  ) {}

  /**
   * The bot has answered a call for a message, and not only asked for a final one.
   *
   * @param botMs from the beginning of the call to the answer, whatever becomes of that.
   */
  botAnswered(botMs: number, { conversationId }: { readonly conversationId: string }): void {
    this.usualBotTime.took(botMs, parseConversationId(conversationId).companyId);
  }

  /** It wants a final call, and this was one. @param calls how many the batch has had. */
  saidNothingFinally(conversationId: string, calls: number): void {
    this.metrics.answerNotUnderstood('json');
    this.logger.warn('The bot answers a final call with needsFinal: it says nothing', {
      conversationId,
      calls,
    });
  }

  /** @param nowMs when the last reply was sent, by Redis's clock. */
  answered(message: MergedMessage, { sent, calls, botMs }: DeliveryRecord, nowMs: number): void {
    const { batchId, conversationId, messages, window, supersedes = [] } = message;
    const delayMs = Math.max(0, nowMs - Math.max(...messages.map(({ receivedAt }) => receivedAt)));
    this.metrics.turnEnded(calls + supersedes.length);
    if (!sent.includes('sent')) return;
    this.metrics.answerSent(delayMs);
    const waited = window ? `window ${seconds(window.ms)} (${window.why})` : 'window unknown';
    const bot = botMs === null ? 'bot unknown' : `bot ${seconds(botMs)}`;
    this.logger.log(
      `Answered ${seconds(delayMs)} after the last message: ${waited}, ${bot}, superseded ${supersedes.length}`,
      { batchId, conversationId },
    );
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
