import { Logger } from '@nestjs/common';
import { parseConversationId, type Settings, type Turn, Turns } from '@app/batching';
import { type Bot, idOf, isEvent, type Telling } from './bot/bot';
import type { LastAnswer } from './bot/last-answer';
import type { RecordedDelivery } from './delivery-record';
import type { DeliveryMetrics } from './metrics/delivery.metrics';
import type { ReplyCourier } from './replies/reply-courier';
import { retryDelayMs } from './retry-delay';

/**
 * What becomes of a job. `delivered`: the bot has the message, and its replies are on their way. `late`: the
 * conversation has gone on without this worker. `later`: to be tried again. `dead`: only an operator can help.
 */
export type DeliveryOutcome =
  | { kind: 'delivered' }
  | { kind: 'late' }
  | { kind: 'later'; delayMs: number; why: 'busy' | 'retry' | 'interrupted' }
  | { kind: 'dead'; reason: string };

/** How soon a batch asks again whose conversation is still busy with another, ms. */
const BUSY_MS = 1_000;

/** Another worker may have it at once. */
const INTERRUPTED: DeliveryOutcome = { kind: 'later', delayMs: 0, why: 'interrupted' };

/**
 * One merged message on its way to the bot, and the bot's answer on its way back; or an event, which has no turn, for it
 * belongs to a message that the bot has had, and to which nothing is said.
 *
 * States, each noted with the job before what follows it begins: to be called → answered → first reply settled → … →
 * done. The conversation's turn is held from beginning to end, also while an attempt waits for the next.
 */
export class Delivery {
  private readonly logger = new Logger('Delivery');

  constructor(
    private readonly turns: Turns,
    private readonly bot: Bot,
    private readonly courier: ReplyCourier,
    private readonly settings: Pick<Settings['bot'], 'maxAttempts' | 'retryDelayMs' | 'url'>,
    private readonly metrics: DeliveryMetrics,
  ) {}

  /** @param signal aborted where the process has no time left. */
  async run(telling: Telling, delivery: RecordedDelivery, signal?: AbortSignal): Promise<DeliveryOutcome> {
    const turn = await this.turnOf(telling);
    if (turn === 'busy') return { kind: 'later', delayMs: BUSY_MS, why: 'busy' };
    const outcome =
      (delivery.now.replies === null ? await this.callBot(turn, telling, delivery, signal) : null) ??
      (await this.sendReplies(turn, telling, delivery, signal));
    if (outcome.kind === 'delivered' && !isEvent(telling) && this.settings.url !== null)
      await this.turns.countAnswered(turn, telling);
    // A batch that is tried again keeps its turn: no later one may overtake it.
    if (outcome.kind !== 'later') await this.turns.end(turn);
    return outcome;
  }

  private async turnOf(telling: Telling): Promise<Turn | 'busy'> {
    const conversation = parseConversationId(telling.conversationId);
    if (isEvent(telling)) return { conversation, batchId: telling.eventId, token: '' };
    return this.turns.begin(conversation, telling.batchId);
  }

  /** Null where the bot has answered, and its replies may go. */
  private async callBot(
    turn: Turn,
    telling: Telling,
    delivery: RecordedDelivery,
    signal?: AbortSignal,
  ): Promise<DeliveryOutcome | null> {
    const { attempts } = delivery.now;
    // Counted before the call: a message that ends its worker's life each time must not do so for ever.
    if (attempts >= this.settings.maxAttempts) return this.giveUp(delivery, 'no attempt came to its end');
    await delivery.note({ attempts: attempts + 1 });
    if (!isEvent(telling)) this.courier.showTyping(telling);
    const measured = this.metrics.botCall();
    const outcome = await this.bot.take(telling, signal);
    measured(outcome.kind);
    if (!(await this.turns.isHeld(turn))) return this.tooLate(telling);
    switch (outcome.kind) {
      case 'answered':
        await delivery.note({ replies: outcome.replies, attempts: 0, lastAnswer: null });
        return null;
      case 'interrupted':
        await delivery.note({ attempts });
        return INTERRUPTED;
      case 'refused':
        await delivery.note({ lastAnswer: outcome.answer });
        return this.giveUp(delivery, outcome.answer.error);
      case 'unavailable':
        await delivery.note({ lastAnswer: outcome.answer });
        return this.tryAgain(telling, delivery, outcome.answer, outcome.retryAfterMs);
    }
  }

  private async sendReplies(
    turn: Turn,
    telling: Telling,
    delivery: RecordedDelivery,
    signal?: AbortSignal,
  ): Promise<DeliveryOutcome> {
    if (isEvent(telling)) return { kind: 'delivered' };
    const outcome = await this.courier.deliver(turn, telling, delivery, signal);
    switch (outcome.kind) {
      case 'done':
        return { kind: 'delivered' };
      case 'interrupted':
        return INTERRUPTED;
      case 'late':
        return this.tooLate(telling);
      case 'refused':
        return this.giveUp(delivery, `a reply was refused: ${outcome.answer.error}`);
      case 'unsent':
        return this.tryAgain(telling, delivery, outcome.answer, outcome.retryAfterMs);
    }
  }

  private tryAgain(
    telling: Telling,
    delivery: RecordedDelivery,
    { error }: LastAnswer,
    askedMs: number | null,
  ): DeliveryOutcome | Promise<DeliveryOutcome> {
    const { attempts } = delivery.now;
    const { maxAttempts, retryDelayMs: baseMs } = this.settings;
    if (attempts >= maxAttempts) return this.giveUp(delivery, `${error}, ${attempts} times`);
    const delayMs = retryDelayMs(attempts, baseMs, askedMs);
    this.logger.warn(`Delivery failed, next try in ${delayMs} ms`, {
      batchId: idOf(telling),
      attempts,
      error,
    });
    return { kind: 'later', delayMs, why: 'retry' };
  }

  private async giveUp(delivery: RecordedDelivery, reason: string): Promise<DeliveryOutcome> {
    await delivery.note({ givenUp: true });
    return { kind: 'dead', reason };
  }

  private tooLate(telling: Telling): DeliveryOutcome {
    const { conversationId } = telling;
    const batchId = idOf(telling);
    this.logger.warn('The bot answered too late, nothing of it is sent', { batchId, conversationId });
    return { kind: 'late' };
  }
}
