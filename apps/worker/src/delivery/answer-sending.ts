import { Inject, Injectable } from '@nestjs/common';
import type { MergedMessage } from '@app/contracts';
import { SETTINGS } from '@app/settings';
import { isEvent } from '../bot/bot';
import type { LastAnswer } from '../bot/last-answer';
import { ReplyDispatcher } from '../replies/reply-dispatcher';
import { AnswerReport } from './answer-report';
import { BotAttempts, type DeliverySettings } from './bot-attempts';
import { type DeliveryOutcome, INTERRUPTED } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';
import { giveUp } from './give-up';
import type { Work } from './work';

/** Takes a committed answer to the customer: the last step of a delivery. */
@Injectable()
export class AnswerSending {
  constructor(
    private readonly attempts: BotAttempts,
    private readonly dispatcher: ReplyDispatcher,
    private readonly report: AnswerReport,
    @Inject(SETTINGS) private readonly settings: { bot: Pick<DeliverySettings, 'maxAttempts'> },
  ) {}

  async send({ turn, request, delivery, signal }: Work): Promise<DeliveryOutcome> {
    if (isEvent(request)) return { kind: 'delivered' };
    await this.attempts.keepState(request, delivery);
    const outcome = await this.dispatcher.deliver(turn, request, delivery, signal);
    switch (outcome.kind) {
      case 'done':
        this.report.answered(request, delivery.now, this.attempts.nowMs);
        return { kind: 'delivered' };
      case 'interrupted':
        return INTERRUPTED;
      case 'late':
        return this.attempts.turnLost(turn, { kind: 'answered' });
      case 'paced':
        return { kind: 'later', delayMs: outcome.pauseMs, why: 'paced' };
      case 'refused':
        return giveUp(delivery, `a reply was refused: ${outcome.answer.error}`);
      case 'unsent':
        return this.replyUnsent(request, delivery, outcome.answer, outcome.retryAfterMs);
    }
  }

  private replyUnsent(
    request: MergedMessage,
    delivery: DeliveryProgress,
    { error }: LastAnswer,
    askedMs: number | null,
  ): DeliveryOutcome | Promise<DeliveryOutcome> {
    const { attempts } = delivery.now;
    return attempts >= this.settings.bot.maxAttempts
      ? giveUp(delivery, `${error}, ${attempts} times`)
      : this.attempts.tryAgain(request, { failures: attempts, error }, askedMs);
  }
}
