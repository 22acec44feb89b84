import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Turn, Turns } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { Bot, type BotOutcome, idOf, isEvent, type BotRequest } from '../bot/bot';
import { BotCircuit, type Permit } from '../bot/bot-circuit';
import type { LastAnswer } from '../bot/last-answer';
import { markLate } from '../bot/late';
import { ReplyDispatcher } from '../replies/reply-dispatcher';
import type { DeliveryOutcome } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';
import { DeliveryMetrics } from './delivery.metrics';
import { OutagePatience } from './outage-patience';
import { retryDelayMs } from './retry-delay';

/**
 * How soon a batch asks again if its conversation is busy with another, ms. It asks less often if that one has not begun,
 * because there may be many in a row, and all of them ask.
 */
const ASKS_AGAIN_MS = { busy: 1_000, behind: 5_000 };

/** There was no answer, so none came too late: if no other worker has the message by now, it is tried again. */
const TURN_LOST: DeliveryOutcome = { kind: 'later', delayMs: ASKS_AGAIN_MS.busy, why: 'retry' };

/** Another worker may have it at once. */
const INTERRUPTED: DeliveryOutcome = { kind: 'later', delayMs: 0, why: 'interrupted' };

type DeliverySettings = Pick<
  Settings['bot'],
  'maxAttempts' | 'retryDelayMs' | 'outageMaxMs' | 'staleReplyMs' | 'url'
>;

/**
 * One merged message on its way to the bot, and the bot's answer on its way back. Or an event, which has no turn, because it
 * belongs to a message that the bot has had, and gets no reply.
 *
 * States, each noted with the job before the next step begins: to be called → answered → first reply settled → … →
 * done. The conversation's turn is held from beginning to end, also while an attempt waits for the next, or for a bot
 * that is away.
 */
@Injectable()
export class Delivery {
  private readonly logger = new Logger('Delivery');
  private readonly settings: DeliverySettings;
  private readonly patience: OutagePatience;

  constructor(
    private readonly turns: Turns,
    private readonly bot: Bot,
    private readonly circuit: BotCircuit,
    private readonly dispatcher: ReplyDispatcher,
    private readonly metrics: DeliveryMetrics,
    @Inject(SETTINGS) { bot: settings }: { bot: DeliverySettings },
  ) {
    this.settings = settings;
    this.patience = new OutagePatience(circuit, settings.outageMaxMs);
  }

  /** @param signal aborted when the process has no time left. */
  async run(request: BotRequest, delivery: DeliveryProgress, signal?: AbortSignal): Promise<DeliveryOutcome> {
    if (delivery.now.replies !== null)
      return this.inTurn(request, delivery, (turn) => this.sendReplies(turn, request, delivery, signal));
    const permit = this.circuit.begin();
    if (permit === null) return this.awaitBot(request, delivery);
    try {
      return await this.inTurn(
        request,
        delivery,
        async (turn) =>
          (await this.callBot(turn, request, delivery, permit, signal)) ??
          (await this.sendReplies(turn, request, delivery, signal)),
      );
    } finally {
      permit.end();
    }
  }

  private async inTurn(
    request: BotRequest,
    delivery: DeliveryProgress,
    work: (turn: Turn) => Promise<DeliveryOutcome>,
  ): Promise<DeliveryOutcome> {
    const turn = await this.turnOf(request);
    if (typeof turn === 'string') return this.awaitTurn(delivery, turn);
    const outcome = await work(turn);
    if (outcome.kind === 'delivered' && !isEvent(request) && this.settings.url !== null)
      await this.turns.countAnswered(turn, request);
    // A batch that is tried again keeps its turn: no later one may overtake it.
    if (outcome.kind !== 'later') await this.turns.end(turn);
    return outcome;
  }

  /** It now waits for its conversation. If it stayed parked, it would always be first among those that wait for the bot. */
  private async awaitTurn(delivery: DeliveryProgress, why: 'busy' | 'behind'): Promise<DeliveryOutcome> {
    const { awaiting } = delivery.now;
    if (awaiting?.isParked) await delivery.note({ awaiting: { ...awaiting, isParked: false } });
    return { kind: 'later', delayMs: ASKS_AGAIN_MS[why], why: 'busy' };
  }

  private async turnOf(request: BotRequest): Promise<Turn | 'busy' | 'behind'> {
    const conversation = parseConversationId(request.conversationId);
    if (isEvent(request)) return { conversation, batchId: request.eventId, token: '' };
    return this.turns.begin(conversation, request.batchId, request.follows);
  }

  /** The bot is away: nothing is called, nothing counted, and the turn is left as it is, waiting. */
  private async awaitBot(request: BotRequest, delivery: DeliveryProgress): Promise<DeliveryOutcome> {
    const sinceMs = delivery.now.awaiting?.sinceMs ?? this.circuit.nowMs;
    if (this.patience.isOver(sinceMs))
      return this.inTurn(request, delivery, () =>
        this.giveUp(delivery, this.patience.reason(sinceMs, delivery.now.lastAnswer)),
      );
    const isParked = this.patience.isToBeParked;
    if (delivery.now.awaiting?.isParked !== isParked) {
      const { failures = 0, failedAtMs = null } = delivery.now.awaiting ?? {};
      await delivery.note({ awaiting: { sinceMs, failures, failedAtMs, isParked } });
    }
    return this.patience.putOff(sinceMs, isParked);
  }

  /** Null if the bot has answered, and its replies may go. */
  private async callBot(
    turn: Turn,
    request: BotRequest,
    delivery: DeliveryProgress,
    permit: Permit,
    signal?: AbortSignal,
  ): Promise<DeliveryOutcome | null> {
    const { begun, awaiting } = delivery.now;
    // Counted before the call, so that a message that kills its worker each time does not do so for ever.
    if (begun >= this.settings.maxAttempts) return this.giveUp(delivery, 'no attempt came to its end');
    const { state, leftBy } = await this.bot.recall(request);
    await delivery.note({ begun: begun + 1, awaiting: awaiting && { ...awaiting, isParked: false } });
    if (!isEvent(request)) {
      this.dispatcher.answerPresses(request);
      this.dispatcher.showTyping(request);
    }
    const beganAtMs = this.circuit.nowMs;
    const measured = this.metrics.botCall();
    const outcome = await this.bot.take(
      markLate(request, this.settings.staleReplyMs, this.circuit.nowMs),
      state,
      signal,
    );
    measured(outcome.kind);
    permit.end(outcome);
    // Nothing is noted without the turn: another worker may have the job, and have noted more.
    if (!(await this.turns.isHeld(turn)))
      return outcome.kind === 'answered' ? this.tooLate(request) : TURN_LOST;
    switch (outcome.kind) {
      case 'answered':
        if (outcome.notUnderstood) this.metrics.answerNotUnderstood(outcome.notUnderstood.shape);
        await delivery.note({
          replies: this.dispatcher.messagesOf(request, outcome.replies),
          left: outcome.state === undefined ? null : { follows: leftBy, state: outcome.state },
          ...{ attempts: 0, begun: 0, awaiting: null },
          lastAnswer: outcome.notUnderstood?.answer ?? null,
        });
        return null;
      case 'interrupted':
        await delivery.note({ begun });
        return INTERRUPTED;
      case 'refused':
        await delivery.note({ begun: 0, lastAnswer: outcome.answer });
        return this.giveUp(delivery, outcome.answer.error);
      case 'unavailable':
        return this.failed(request, delivery, outcome, beganAtMs);
    }
  }

  /**
   * Counts the attempt if the message may be to blame: it was with the bot, and the bot has answered another since
   * this one last failed. Otherwise the bot is away; a first failure alone proves nothing.
   */
  private async failed(
    request: BotRequest,
    delivery: DeliveryProgress,
    { answer, retryAfterMs, mayBlame }: BotOutcome & { kind: 'unavailable' },
    beganAtMs: number,
  ): Promise<DeliveryOutcome> {
    const { awaiting } = delivery.now;
    const sinceMs = awaiting?.sinceMs ?? beganAtMs;
    const failedBeforeAtMs = awaiting?.failedAtMs ?? null;
    const isToBlame =
      mayBlame && failedBeforeAtMs !== null && this.circuit.hasAnsweredSince(failedBeforeAtMs);
    const attempts = delivery.now.attempts + (isToBlame ? 1 : 0);
    const failures = (awaiting?.failures ?? 0) + 1;
    const isAway = this.circuit.absence !== null;
    const isParked = this.patience.isToBeParked;
    await delivery.note({
      ...{ attempts, begun: 0, lastAnswer: answer },
      awaiting: { sinceMs, failures, failedAtMs: this.circuit.nowMs, isParked },
    });
    if (attempts >= this.settings.maxAttempts)
      return this.giveUp(delivery, `${answer.error}, ${attempts} times`);
    if (this.patience.isOver(sinceMs))
      return this.giveUp(delivery, this.patience.reason(sinceMs, delivery.now.lastAnswer));
    // `BotWatch` reports this once, not for each message.
    return isAway
      ? this.patience.putOff(sinceMs, isParked)
      : this.tryAgain(request, { failures, error: answer.error }, retryAfterMs);
  }

  private async sendReplies(
    turn: Turn,
    request: BotRequest,
    delivery: DeliveryProgress,
    signal?: AbortSignal,
  ): Promise<DeliveryOutcome> {
    if (isEvent(request)) return { kind: 'delivered' };
    await this.keepState(request, delivery);
    const outcome = await this.dispatcher.deliver(turn, request, delivery, signal);
    switch (outcome.kind) {
      case 'done':
        return { kind: 'delivered' };
      case 'interrupted':
        return INTERRUPTED;
      case 'late':
        return this.tooLate(request);
      case 'paced':
        return { kind: 'later', delayMs: outcome.pauseMs, why: 'paced' };
      case 'refused':
        return this.giveUp(delivery, `a reply was refused: ${outcome.answer.error}`);
      case 'unsent':
        return this.replyUnsent(request, delivery, outcome.answer, outcome.retryAfterMs);
    }
  }

  /** Once the answer stands: what it left would be known to the next call, whatever becomes of its replies. */
  private async keepState(message: MergedMessage, delivery: DeliveryProgress): Promise<void> {
    const { left } = delivery.now;
    if (left === null) return;
    await this.bot.keep(message, left);
    await delivery.note({ left: null });
  }

  private replyUnsent(
    request: BotRequest,
    delivery: DeliveryProgress,
    { error }: LastAnswer,
    askedMs: number | null,
  ): DeliveryOutcome | Promise<DeliveryOutcome> {
    const { attempts } = delivery.now;
    return attempts >= this.settings.maxAttempts
      ? this.giveUp(delivery, `${error}, ${attempts} times`)
      : this.tryAgain(request, { failures: attempts, error }, askedMs);
  }

  private tryAgain(
    request: BotRequest,
    { failures, error }: { failures: number; error: string },
    askedMs: number | null,
  ): DeliveryOutcome {
    const delayMs = retryDelayMs(failures, this.settings.retryDelayMs, askedMs);
    const fields = { batchId: idOf(request), attempts: failures, error };
    this.logger.warn(`Delivery failed, next try in ${delayMs} ms`, fields);
    return { kind: 'later', delayMs, why: 'retry' };
  }

  private async giveUp(delivery: DeliveryProgress, reason: string): Promise<DeliveryOutcome> {
    await delivery.note({ givenUp: true });
    return { kind: 'dead', reason };
  }

  private tooLate(request: BotRequest): DeliveryOutcome {
    const { conversationId } = request;
    const batchId = idOf(request);
    this.logger.warn('The bot answered too late, nothing of it is sent', { batchId, conversationId });
    return { kind: 'late' };
  }
}
