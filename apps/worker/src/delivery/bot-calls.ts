import { Inject, Injectable } from '@nestjs/common';
import { SupersededBatches } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import { type BotAnswer, isEvent } from '../bot/bot';
import type { Permit } from '../bot/bot-circuit';
import { botMessage } from '../bot/bot-message';
import { ReplyDispatcher } from '../replies/reply-dispatcher';
import { AnswerReport } from './answer-report';
import { BotAnswers } from './bot-answers';
import { BotAttempts, type BotSaid, type DeliverySettings } from './bot-attempts';
import type { DeliveryOutcome } from './delivery-outcome';
import type { Work } from './work';

/** Gives the bot a message, or an event, and notes what it answers. */
@Injectable()
export class BotCalls {
  constructor(
    private readonly superseded: SupersededBatches,
    private readonly attempts: BotAttempts,
    private readonly answers: BotAnswers,
    private readonly dispatcher: ReplyDispatcher,
    private readonly report: AnswerReport,
    @Inject(SETTINGS)
    private readonly settings: Pick<Settings, 'companies'> & { bot: DeliverySettings },
  ) {}

  /** Null if the bot has answered, or promised to. A call is broken off where a later batch supersedes this one. */
  async make(work: Work, permit: Permit, isCommitted: boolean): Promise<DeliveryOutcome | null> {
    const { request, delivery, turn, signal } = work;
    if (isEvent(request)) {
      const heard = await this.attempts.ask(turn, request, delivery, permit, signal);
      if (heard.kind !== 'answered') return endOf(heard);
      await this.answers.note(work, heard, 0);
      return null;
    }
    this.dispatcher.answerPresses(request);
    this.dispatcher.showTyping(request);
    const beganAtMs = this.attempts.nowMs;
    const call = botMessage(request, {
      attempt: delivery.now.calls + 1,
      isFinal: request.final !== false || isCommitted,
      wasAskedFor: delivery.now.needsFinal,
      staleMs: this.settings.bot.staleReplyMs,
      company: this.settings.companies.profileOf(turn.conversation.companyId),
      nowMs: beganAtMs,
    });
    const watched = this.superseded.watch(request.batchId);
    const signals = [watched.signal, ...(signal ? [signal] : [])];
    const heard = await this.attempts
      .ask(turn, call, delivery, permit, AbortSignal.any(signals))
      .finally(() => watched.end());
    if (heard.kind === 'promised') {
      await this.answers.notePromise(work, beganAtMs);
      return null;
    }
    if (heard.kind !== 'answered') return endOf(heard);
    const botMs = Math.max(0, this.attempts.nowMs - beganAtMs);
    if (call.final || !heard.needsFinal) this.report.botAnswered(botMs, request);
    await this.answers.note(work, heard, botMs, call.final);
    return null;
  }
}

/** What a delivery that the bot has not answered ends with; only a message is promised a reply, only a notice of a commit is declined. */
function endOf(heard: Exclude<BotSaid, BotAnswer> | DeliveryOutcome): DeliveryOutcome {
  if (heard.kind === 'declined' || heard.kind === 'promised')
    throw new Error(`the bot has ${heard.kind} what it was not asked about`);
  return heard;
}
