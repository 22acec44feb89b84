import { Injectable } from '@nestjs/common';
import { ReplyPermits, type Turn } from '@app/batching';
import type { MergedMessage, Reply } from '@app/contracts';
import type { OutgoingMessage } from '@app/replies';
import type { BotJob } from '../bot/bot';
import type { LastAnswer } from '../bot/last-answer';
import type { DeliveryProgress } from '../delivery/delivery-progress';
import { pressesIn } from './presses';
import { addressOf } from './reply-address';
import { ReplyPace } from './reply-pace';
import { ReplyReport } from './reply-report';
import { ReplySender } from './reply-sender';
import { ReplyShaper } from './reply-shaper';
import type { ReplyState } from './reply-state';

/**
 * The state of a delivery's replies. `done`: each has a result. `late`: this worker may not send any more.
 * `interrupted`: the process has no time left for the next one. `paced`: the next one is held back for a while. `unsent`: the
 * next one must be tried again. `refused`: the gateway refuses the next one.
 */
export type RepliesOutcome =
  | { kind: 'done' }
  | { kind: 'late' }
  | { kind: 'interrupted' }
  | { kind: 'paced'; pauseMs: number }
  | { kind: 'unsent'; answer: LastAnswer; retryAfterMs: number | null }
  | { kind: 'refused'; answer: LastAnswer };

/** Takes the bot's replies to the customer: in order, each at most once, from where the last worker stopped. */
@Injectable()
export class ReplyDispatcher {
  constructor(
    private readonly permits: ReplyPermits,
    private readonly shaper: ReplyShaper,
    private readonly pace: ReplyPace,
    private readonly sender: ReplySender,
    private readonly report: ReplyReport,
  ) {}

  /** The messages that say the bot's replies in the customer's channel; they are noted before the first is sent. */
  messagesOf(request: BotJob, replies: readonly Reply[]): OutgoingMessage[] {
    return this.shaper.messagesOf(request, replies);
  }

  /** @param signal aborted when no further reply may begin; a reply that has begun is never broken off. */
  async deliver(
    turn: Turn,
    message: MergedMessage,
    delivery: DeliveryProgress,
    signal?: AbortSignal,
  ): Promise<RepliesOutcome> {
    const { replies } = delivery.now;
    for (const [index, reply] of (replies ?? []).entries()) {
      if (index < delivery.now.sent.length) continue;
      if (signal?.aborted) return { kind: 'interrupted' };
      const pauseMs = await this.pauseBefore(index, message, delivery);
      if (pauseMs > 0) return { kind: 'paced', pauseMs };
      const outcome = await this.deliverNext(turn, message, delivery, reply);
      if (outcome.kind !== 'done') return outcome;
    }
    return { kind: 'done' };
  }

  /** Shows the customer a typing indicator; nothing waits for it, and nothing depends on it. */
  showTyping(message: MergedMessage): void {
    this.inBackground(message, this.sender.showTyping(addressOf(message)));
  }

  /** Shows the customer that what they pressed has arrived; nothing waits for it either. */
  answerPresses(message: MergedMessage): void {
    for (const press of pressesIn(message)) this.inBackground(message, this.sender.answerPress(press));
  }

  /** Each message pauses once, whichever worker has the job after that. */
  private async pauseBefore(
    index: number,
    message: MergedMessage,
    delivery: DeliveryProgress,
  ): Promise<number> {
    const { replies, paced } = delivery.now;
    if (paced >= index) return 0;
    const pauseMs = await this.pace.pauseBeforeMs(addressOf(message).companyId, replies ?? [], index);
    if (pauseMs === 0) return 0;
    await delivery.note({ paced: index });
    this.inBackground(message, this.sender.showWriting(addressOf(message), pauseMs));
    return pauseMs;
  }

  private inBackground(message: MergedMessage, showing: Promise<void>): void {
    showing.catch((error: unknown) => this.report.shownNothing(message, error));
  }

  private async deliverNext(
    turn: Turn,
    message: MergedMessage,
    delivery: DeliveryProgress,
    reply: OutgoingMessage,
  ): Promise<RepliesOutcome> {
    const { sent, handed, attempts } = delivery.now;
    const address = addressOf(message);
    const { gateway } = address;
    const settle = async (state: ReplyState, error?: string): Promise<RepliesOutcome> => {
      this.report.tried(message, { reply: sent.length, gateway, state, error });
      await delivery.note({ sent: [...sent, state], attempts: 0, handed: 0, lastAnswer: null });
      return { kind: 'done' };
    };
    // One permission for each try: a try that certainly sent nothing must not block the next.
    const permission = await this.permits.ask(turn, `${sent.length}.${handed}`, delivery.lock);
    if (permission === 'stale') return { kind: 'late' };
    if (permission === 'already')
      return settle('unknown', 'the worker that had the permission to send it never reported the result');

    const { batchId, conversationId } = message;
    const outcome = await this.sender.send(address, reply, { batchId, conversationId, reply: sent.length });
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
        this.report.tried(message, {
          reply: sent.length,
          gateway,
          state: outcome.kind,
          error: outcome.answer.error,
        });
        return outcome;
    }
  }
}
