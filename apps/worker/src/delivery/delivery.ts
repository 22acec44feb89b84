import { Inject, Injectable } from '@nestjs/common';
import { type BegunTurn, SupersededBatches, type Turn, Turns } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { type BotAnswer, type BotJob, isEvent } from '../bot/bot';
import type { Permit } from '../bot/bot-circuit';
import { botMessage } from '../bot/bot-message';
import type { LastAnswer } from '../bot/last-answer';
import { ReplyDispatcher } from '../replies/reply-dispatcher';
import { AnswerCommit } from './answer-commit';
import { AnswerReport } from './answer-report';
import { BotAnswers } from './bot-answers';
import { BotAttempts, type BotSaid, type DeliverySettings } from './bot-attempts';
import { type DeliveryOutcome, INTERRUPTED } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';
import { endOfWait, giveUp } from './give-up';
import { Handover } from './handover';
import { LoopAlarm } from './loop-alarm';
import { type DeliveryStep, nextStep } from './next-step';
import type { Work } from './work';

/**
 * How soon a batch asks again if its conversation is busy with another, ms. It asks less often if that one has not begun,
 * because there may be many in a row, and all of them ask.
 */
const ASKS_AGAIN_MS = { busy: 1_000, behind: 5_000 };

const MUTED: DeliveryOutcome = { kind: 'muted' };

/**
 * One merged message on its way to the bot, and the bot's answer on its way back. Or an event, which has no turn, because it
 * belongs to a message that the bot has had, and gets no reply.
 *
 * The steps are those of `nextStep`: call (→ await) → commit → confirm (→ handover) → reply. Each is noted with the job, or in its
 * conversation, before the next begins. The turn is held from beginning to end, also while an attempt waits for the next, for a
 * bot that is away, for a reply that was promised, or for the end of the window.
 */
@Injectable()
export class Delivery {
  constructor(
    private readonly turns: Turns,
    private readonly superseded: SupersededBatches,
    private readonly attempts: BotAttempts,
    private readonly answers: BotAnswers,
    private readonly answer: AnswerCommit,
    private readonly handover: Handover,
    private readonly dispatcher: ReplyDispatcher,
    private readonly report: AnswerReport,
    private readonly loops: LoopAlarm,
    @Inject(SETTINGS)
    private readonly settings: Pick<Settings, 'of' | 'companies'> & { bot: DeliverySettings },
  ) {}

  /** @param signal aborted when the process has no time left. */
  async run(request: BotJob, delivery: DeliveryProgress, signal?: AbortSignal): Promise<DeliveryOutcome> {
    const step = nextStep(delivery.now, false);
    const isToBeCalled = step === 'call' && !(await this.answers.hasCome(request, delivery));
    const permit = isToBeCalled ? this.attempts.permit(request) : null;
    if (isToBeCalled && permit === null) return this.awaitBot(request, delivery);
    try {
      return await this.inTurn(request, delivery, (turn) =>
        this.proceed({ request, delivery, turn, signal }, permit),
      );
    } finally {
      permit?.end();
    }
  }

  private async inTurn(
    request: BotJob,
    delivery: DeliveryProgress,
    work: (turn: Turn) => Promise<DeliveryOutcome>,
  ): Promise<DeliveryOutcome> {
    const turn = await this.turnOf(request);
    if (turn === 'superseded') return { kind: 'superseded' };
    if (typeof turn === 'string') return this.awaitTurn(delivery, turn);
    const outcome = this.isSilenced(turn, delivery) ? MUTED : await work(turn);
    if (isEvent(request)) return outcome;
    if (await this.answers.hasComeInstead(outcome, request, delivery))
      return { kind: 'later', delayMs: 0, why: 'promised' };
    const { bot } = this.settings.of(turn.conversation.companyId);
    if (outcome.kind === 'delivered' && bot.url !== null) await this.turns.countAnswered(turn, request);
    // A batch that is tried again keeps its turn: no later one may overtake it.
    if (outcome.kind === 'later') return outcome;
    const hasAnswered = delivery.now.sent.includes('sent');
    const end = await this.turns.end(turn, { isDelivered: outcome.kind === 'delivered', hasAnswered });
    if (end === 'held') this.loops.heldAfter(turn);
    // Whoever superseded it has its messages: it is no dead letter.
    if (outcome.kind === 'dead' && end === 'stale' && (await this.turns.isSuperseded(turn)))
      return { kind: 'superseded' };
    return outcome;
  }

  /** It now waits for its conversation. If it stayed parked, it would always be first among those that wait for the bot. */
  private async awaitTurn(delivery: DeliveryProgress, why: 'busy' | 'behind'): Promise<DeliveryOutcome> {
    const { awaiting } = delivery.now;
    if (awaiting?.isParked) await delivery.note({ awaiting: { ...awaiting, isParked: false } });
    return { kind: 'later', delayMs: ASKS_AGAIN_MS[why], why: 'busy' };
  }

  /** Of an answer of which a reply was given to its sender, the others follow: half an answer helps nobody. */
  private isSilenced({ isMuted }: BegunTurn, { now }: DeliveryProgress): boolean {
    return isMuted && nextStep(now, false) !== 'reply';
  }

  private async turnOf(request: BotJob): Promise<BegunTurn | 'busy' | 'behind' | 'superseded'> {
    const conversation = parseConversationId(request.conversationId);
    if (isEvent(request)) {
      const isMuted = await this.turns.isMuted(conversation);
      return { conversation, batchId: request.eventId, token: '', isMuted };
    }
    return this.turns.begin(conversation, request);
  }

  /** The bot is away: the turn is left as it is, waiting; unless the bot is muted, and would not be called. */
  private async awaitBot(request: BotJob, delivery: DeliveryProgress): Promise<DeliveryOutcome> {
    const wait = await this.attempts.await(request, delivery);
    const isMuted = await this.turns.isMuted(parseConversationId(request.conversationId));
    if (wait.kind !== 'given-up' && !isMuted) return wait;
    return this.inTurn(request, delivery, () => endOfWait(wait, delivery));
  }

  /** One step after another, until the job is done or must wait. */
  private async proceed(work: Work, given: Permit | null): Promise<DeliveryOutcome> {
    let isCommitted = isEvent(work.request);
    let permit = given;
    for (;;) {
      const step = nextStep(work.delivery.now, isCommitted);
      if (step === 'reply') return this.sendReplies(work);
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
        return this.withPermit(work, permit, (own) => this.callBot(work, own, isCommitted));
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

  private async callBot(work: Work, permit: Permit, isCommitted: boolean): Promise<DeliveryOutcome | null> {
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

  private async sendReplies({ turn, request, delivery, signal }: Work): Promise<DeliveryOutcome> {
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

/** What a delivery that the bot has not answered ends with; only a message is promised a reply, only a notice of a commit is declined. */
function endOf(heard: Exclude<BotSaid, BotAnswer> | DeliveryOutcome): DeliveryOutcome {
  if (heard.kind === 'declined' || heard.kind === 'promised')
    throw new Error(`the bot has ${heard.kind} what it was not asked about`);
  return heard;
}
