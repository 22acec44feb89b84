import { Inject, Injectable } from '@nestjs/common';
import { type BegunTurn, type Turn, Turns } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { type BotJob, isEvent } from '../bot/bot';
import { BotAnswers } from './bot-answers';
import { BotAttempts } from './bot-attempts';
import type { DeliveryOutcome } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';
import { DeliverySteps } from './delivery-steps';
import { endOfWait } from './give-up';
import { LoopAlarm } from './loop-alarm';
import { nextStep } from './next-step';

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
 * The turn is held from beginning to end of its steps, also while an attempt waits for the next, for a bot that is away, for a
 * reply that was promised, or for the end of the window.
 */
@Injectable()
export class Delivery {
  constructor(
    private readonly turns: Turns,
    private readonly attempts: BotAttempts,
    private readonly answers: BotAnswers,
    private readonly steps: DeliverySteps,
    private readonly loops: LoopAlarm,
    @Inject(SETTINGS)
    private readonly settings: Pick<Settings, 'of'>,
  ) {}

  /** @param signal aborted when the process has no time left. */
  async run(request: BotJob, delivery: DeliveryProgress, signal?: AbortSignal): Promise<DeliveryOutcome> {
    const step = nextStep(delivery.now, false);
    const isToBeCalled = step === 'call' && !(await this.answers.hasCome(request, delivery));
    const permit = isToBeCalled ? this.attempts.permit(request) : null;
    if (isToBeCalled && permit === null) return this.awaitBot(request, delivery);
    try {
      return await this.inTurn(request, delivery, (turn) =>
        this.steps.proceed({ request, delivery, turn, signal }, permit),
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
    const outcome = await this.outcomeOf(turn, delivery, work);
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
    if (outcome.kind === 'dead' && end === 'stale' && (await this.turns.findSuperseded(turn)))
      return { kind: 'superseded' };
    return outcome;
  }

  /** A muted bot is not called; only the worker that has the job may end the turn for that. */
  private async outcomeOf(
    turn: BegunTurn,
    delivery: DeliveryProgress,
    work: (turn: Turn) => Promise<DeliveryOutcome>,
  ): Promise<DeliveryOutcome> {
    if (!this.isSilenced(turn, delivery)) return work(turn);
    await delivery.note({ closed: true });
    return MUTED;
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
}
