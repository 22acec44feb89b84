import { Injectable, Logger } from '@nestjs/common';
import { Turns } from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import { type CommitNotice, isEvent } from '../bot/bot';
import type { Permit } from '../bot/bot-circuit';
import { turnIdOf } from '../bot/bot-message';
import { ReplyDispatcher } from '../replies/reply-dispatcher';
import { BotAttempts } from './bot-attempts';
import type { DeliveryOutcome } from './delivery-outcome';
import type { Work } from './work';

/** How soon an answer that waits for the customer to stop typing asks again, ms: they may stop at any time. */
const TYPING_ASKED_AGAIN_MS = 1_000;

/** Makes the bot's answer final, and tells the bot so if it asks for that. A step returns null when it is done. */
@Injectable()
export class AnswerCommit {
  private readonly logger = new Logger('Answer');

  constructor(
    private readonly turns: Turns,
    private readonly attempts: BotAttempts,
    private readonly dispatcher: ReplyDispatcher,
  ) {}

  /** From here on nothing supersedes the batch, and its answer may be sent. */
  async commit({ turn }: Work): Promise<DeliveryOutcome | null> {
    const reply = await this.turns.commit(turn);
    switch (reply.outcome) {
      case 'committed':
        return null;
      case 'wait': {
        const { waitMs, isTyping } = reply;
        const delayMs = isTyping ? Math.min(waitMs, TYPING_ASKED_AGAIN_MS) : waitMs;
        return { kind: 'later', delayMs, why: 'window' };
      }
      case 'superseded':
        return { kind: 'superseded' };
      case 'muted':
        return { kind: 'muted' };
      case 'stale':
        return this.attempts.turnLost(turn, { kind: 'answered' });
    }
  }

  /** The bot may do now what it has only planned. What it answers takes the place of its first answer. */
  async confirm(work: Work, permit: Permit): Promise<DeliveryOutcome | null> {
    const { request, delivery, turn, signal } = work;
    const { commit } = delivery.now;
    if (isEvent(request) || commit === null) return null;
    const heard = await this.attempts.ask(turn, noticeOf(request, commit), delivery, permit, signal);
    const done = { attempts: 0, begun: 0, awaiting: null, lastAnswer: null, isConfirmed: true };
    if (heard.kind === 'declined') {
      const { batchId, conversationId } = request;
      const fields = { batchId, conversationId };
      this.logger.warn('The bot takes a committed answer back: nothing of it is sent', fields);
      await delivery.note({ ...done, replies: [], handover: null });
      return null;
    }
    if (heard.kind === 'promised') throw new Error('the bot has promised a reply to a notice');
    if (heard.kind !== 'answered') return heard;
    const replies = this.dispatcher.messagesOf(request, heard.replies);
    await delivery.note({
      ...done,
      ...(replies.length > 0 && { replies }),
      ...(heard.handover && { handover: 'asked' as const }),
    });
    return null;
  }
}

function noticeOf(message: MergedMessage, commit: object): CommitNotice {
  const { batchId, conversationId, phone } = message;
  return { type: 'commit', batchId, turnId: turnIdOf(message), conversationId, phone, commit };
}
