import { Injectable, Logger } from '@nestjs/common';
import { type Turn, Turns } from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import type { ReplyTarget } from '@app/gateways';
import type { LastAnswer } from '../bot/last-answer';
import type { DeliveryProgress } from '../delivery/delivery-progress';
import { DeliveryMetrics } from '../delivery/delivery.metrics';
import { ReplySender } from './reply-sender';
import type { ReplyState } from './reply-state';

/**
 * The state of a delivery's replies. `done`: each has a result. `late`: this worker may not send any more.
 * `interrupted`: the process has no time left for the next one. `unsent`: the next one must be tried again. `refused`:
 * the gateway refuses the next one.
 */
export type RepliesOutcome =
  | { kind: 'done' }
  | { kind: 'late' }
  | { kind: 'interrupted' }
  | { kind: 'unsent'; answer: LastAnswer; retryAfterMs: number | null }
  | { kind: 'refused'; answer: LastAnswer };

/** Takes the bot's replies to the customer: in order, each at most once, from where the last worker stopped. */
@Injectable()
export class ReplyDispatcher {
  private readonly logger = new Logger('Replies');

  constructor(
    private readonly turns: Turns,
    private readonly sender: ReplySender,
    private readonly metrics: DeliveryMetrics,
  ) {}

  /** @param signal aborted when no further reply may begin; a reply that has begun is never broken off. */
  async deliver(
    turn: Turn,
    message: MergedMessage,
    delivery: DeliveryProgress,
    signal?: AbortSignal,
  ): Promise<RepliesOutcome> {
    const { replies } = delivery.now;
    for (const [index, text] of (replies ?? []).entries()) {
      if (index < delivery.now.sent.length) continue;
      if (signal?.aborted) return { kind: 'interrupted' };
      const outcome = await this.deliverNext(turn, message, delivery, text);
      if (outcome.kind !== 'done') return outcome;
    }
    return { kind: 'done' };
  }

  /** Shows the customer a typing indicator; nothing waits for it, and nothing depends on it. */
  showTyping(message: MergedMessage): void {
    const { gateway, target } = addressOf(message);
    this.sender.showTyping(gateway, target).catch((error: unknown) => {
      this.logger.debug('No typing indicator was shown', { batchId: message.batchId, error: String(error) });
    });
  }

  private async deliverNext(
    turn: Turn,
    message: MergedMessage,
    delivery: DeliveryProgress,
    text: string,
  ): Promise<RepliesOutcome> {
    const { sent, handed, attempts } = delivery.now;
    const { gateway, target } = addressOf(message);
    const settle = async (state: ReplyState, error?: string): Promise<RepliesOutcome> => {
      this.report(message, { reply: sent.length, gateway, error }, state);
      await delivery.note({ sent: [...sent, state], attempts: 0, handed: 0, lastAnswer: null });
      return { kind: 'done' };
    };
    // One permission for each try: a try that certainly sent nothing must not block the next.
    const permission = await this.turns.claimReply(turn, `${sent.length}.${handed}`);
    if (permission === 'stale') return { kind: 'late' };
    if (permission === 'already')
      return settle('unknown', 'the worker that had the permission to send it never reported the result');

    const outcome = await this.sender.send(gateway, target, text);
    switch (outcome.kind) {
      case 'sent':
        return settle('sent');
      case 'no-sender':
        return settle('logged');
      case 'unknown':
        return settle('unknown', outcome.answer.error);
      case 'unsent':
      case 'refused':
        await delivery.note({ handed: handed + 1, attempts: attempts + 1, lastAnswer: outcome.answer });
        this.metrics.replied(gateway, outcome.kind);
        return outcome;
    }
  }

  private report(
    { batchId, conversationId }: MergedMessage,
    fields: { reply: number; gateway: string; error: string | undefined },
    state: ReplyState,
  ): void {
    this.metrics.replied(fields.gateway, state);
    const { level, text } = LINES[state];
    this.logger[level](text, { batchId, conversationId, ...fields });
  }
}

const LINES = {
  sent: { level: 'log', text: 'Reply sent' },
  logged: { level: 'warn', text: 'No sender is configured for the gateway of this reply' },
  unknown: { level: 'error', text: 'A reply may or may not have been sent; it is not sent again' },
} as const satisfies Record<ReplyState, object>;

/** A reply goes to the origin of the last message. */
function addressOf({ messages }: MergedMessage): { gateway: string; target: ReplyTarget } {
  const last = messages.at(-1);
  const { gateway = 'generic', account = null, chatId = '' } = last?.source ?? {};
  return { gateway, target: { account, chatId, messageId: last?.messageId ?? null } };
}
