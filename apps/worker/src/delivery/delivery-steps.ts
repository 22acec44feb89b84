import { Injectable } from '@nestjs/common';
import { isEvent } from '../bot/bot';
import type { Permit } from '../bot/bot-circuit';
import { AnswerCommit } from './answer-commit';
import { AnswerSending } from './answer-sending';
import { BotAnswers } from './bot-answers';
import { BotAttempts } from './bot-attempts';
import { BotCalls } from './bot-calls';
import type { DeliveryOutcome } from './delivery-outcome';
import { endOfWait } from './give-up';
import { Handover } from './handover';
import { type DeliveryStep, nextStep } from './next-step';
import type { Work } from './work';

/**
 * The steps of a delivery in its turn, as `nextStep` names them: call (→ await) → commit → confirm (→ handover) → reply. Each is noted with
 * the job, or in its conversation, before the next begins.
 */
@Injectable()
export class DeliverySteps {
  constructor(
    private readonly attempts: BotAttempts,
    private readonly calls: BotCalls,
    private readonly answers: BotAnswers,
    private readonly answer: AnswerCommit,
    private readonly handover: Handover,
    private readonly sending: AnswerSending,
  ) {}

  /**
   * One step after another, until the job is done or must wait.
   *
   * @param given to call the bot now; null where the first step makes no call.
   */
  async proceed(work: Work, given: Permit | null): Promise<DeliveryOutcome> {
    let isCommitted = isEvent(work.request);
    let permit = given;
    for (;;) {
      const step = nextStep(work.delivery.now, isCommitted);
      if (step === 'reply') return this.sending.send(work);
      const end = await this.perform(step, work, permit, isCommitted);
      if (end !== null) return end;
      // A permit is for one call.
      if (step === 'call') permit = null;
      if (step === 'commit') isCommitted = true;
    }
  }

  /** One step; null if it is done. */
  private async perform(
    step: Exclude<DeliveryStep, 'reply'>,
    work: Work,
    permit: Permit | null,
    isCommitted: boolean,
  ): Promise<DeliveryOutcome | null> {
    switch (step) {
      case 'call':
        if (await this.answers.noteLate(work)) return null;
        return this.withPermit(work, permit, (own) => this.calls.make(work, own, isCommitted));
      case 'await':
        return this.answers.awaitReply(work, this.attempts.nowMs);
      case 'commit':
        return this.answer.commit(work);
      case 'confirm':
        return this.withPermit(work, null, (own) => this.answer.confirm(work, own));
      case 'handover':
        return this.handover.perform(work);
    }
  }

  /** Null if the step is done; no call is made without a permit. */
  private async withPermit(
    { request, delivery }: Work,
    given: Permit | null,
    call: (permit: Permit) => Promise<DeliveryOutcome | null>,
  ): Promise<DeliveryOutcome | null> {
    const permit = given ?? this.attempts.permit(request);
    if (permit === null) return endOfWait(await this.attempts.await(request, delivery), delivery);
    try {
      return await call(permit);
    } finally {
      permit.end();
    }
  }
}
