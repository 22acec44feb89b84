import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Turn, Turns } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import {
  Bot,
  type BotAnswer,
  type BotOutcome,
  type BotRequest,
  idOf,
  isCommitNotice,
  type LeftByAnswer,
} from '../bot/bot';
import type { Permit } from '../bot/bot-circuit';
import { BotCircuits, type NamedCircuit } from '../bot/bot-circuits';
import { type DeliveryOutcome, INTERRUPTED } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';
import { DeliveryMetrics } from './delivery.metrics';
import { giveUp } from './give-up';
import { OutagePatience } from './outage-patience';
import { retryDelayMs } from './retry-delay';

/** What a delivery needs of the settings. */
export type DeliverySettings = Pick<
  Settings['bot'],
  'maxAttempts' | 'retryDelayMs' | 'outageMaxMs' | 'staleReplyMs' | 'url'
>;

/** What a bot that was reached says; anything else is the end of this run of the job. */
export type BotSaid =
  (BotAnswer & { left: LeftByAnswer | null }) | { kind: 'promised' } | { kind: 'declined' };

/** What says whose bot is meant. */
type OfConversation = { readonly conversationId: string };

/** There was no answer, so none came too late: if no other worker has the message by now, it is tried again. */
const TURN_LOST: DeliveryOutcome = { kind: 'later', delayMs: 1_000, why: 'retry' };

/** Calls the bot for a delivery, and decides what a call that failed means for the message. */
@Injectable()
export class BotAttempts {
  private readonly logger = new Logger('Delivery');
  private readonly settings: DeliverySettings;

  constructor(
    private readonly turns: Turns,
    private readonly bot: Bot,
    private readonly circuits: BotCircuits,
    private readonly metrics: DeliveryMetrics,
    @Inject(SETTINGS) { bot: settings }: { bot: DeliverySettings },
  ) {
    this.settings = settings;
  }

  /** ms since the epoch, by Redis. */
  get nowMs(): number {
    return this.circuits.nowMs;
  }

  /** Null while the bot of the request's company is away. */
  permit(request: OfConversation): Permit | null {
    return this.circuitOf(request).circuit.begin();
  }

  /** What becomes of a message for which the bot is away; null if it has waited for too long. Nothing is called or counted. */
  async await(
    request: OfConversation,
    delivery: DeliveryProgress,
  ): Promise<DeliveryOutcome | { kind: 'given-up'; reason: string }> {
    const named = this.circuitOf(request);
    const patience = this.patienceWith(named);
    const sinceMs = delivery.now.awaiting?.sinceMs ?? this.nowMs;
    if (patience.isOver(sinceMs))
      return { kind: 'given-up', reason: patience.reason(sinceMs, delivery.now.lastAnswer) };
    const isParked = patience.isToBeParked;
    if (delivery.now.awaiting?.isParked !== isParked) {
      const { failures = 0, failedAtMs = null } = delivery.now.awaiting ?? {};
      await delivery.note({ awaiting: { sinceMs, failures, failedAtMs, isParked, ...ofBot(named) } });
    }
    return patience.putOff(sinceMs, isParked);
  }

  /** One call. Its answer is not noted yet: only its caller knows what it means. */
  async ask(
    turn: Turn,
    request: BotRequest,
    delivery: DeliveryProgress,
    permit: Permit,
    signal?: AbortSignal,
  ): Promise<BotSaid | DeliveryOutcome> {
    const { begun, calls, awaiting } = delivery.now;
    // Counted before the call, so that a message that kills its worker each time does not do so for ever.
    if (begun >= this.settings.maxAttempts) return giveUp(delivery, 'no attempt came to its end');
    const known = await this.bot.recall(request);
    const parkedNoMore = awaiting && { ...awaiting, isParked: false };
    const called = isCommitNotice(request) ? calls : calls + 1;
    const told = known.colleagues.at(-1);
    await delivery.note({
      begun: begun + 1,
      calls: called,
      awaiting: parkedNoMore,
      ...(told && { colleaguesUntil: told.at }),
    });
    const beganAtMs = this.nowMs;
    const measured = this.metrics.botCall();
    const outcome = await this.bot.take(request, known, signal);
    measured(outcome.kind);
    permit.end(outcome);
    // Nothing is noted without the turn: another worker may have the job, and have noted more.
    if (!(await this.turns.isHeld(turn))) return this.turnLost(turn, outcome);
    switch (outcome.kind) {
      case 'answered':
        return {
          ...outcome,
          left: outcome.state === undefined ? null : { follows: known.leftBy, state: outcome.state },
        };
      case 'promised':
      case 'declined':
        return outcome;
      case 'interrupted':
        await delivery.note({ begun });
        return INTERRUPTED;
      case 'refused':
        await delivery.note({ begun: 0, lastAnswer: outcome.answer });
        return giveUp(delivery, outcome.answer.error);
      case 'unavailable':
        return this.failed(request, delivery, outcome, beganAtMs);
    }
  }

  /** Once the answer stands: what it left would be known to the next call, whatever becomes of its replies. */
  async keepState(message: MergedMessage, delivery: DeliveryProgress): Promise<void> {
    const { left, colleaguesUntil } = delivery.now;
    if (left === null && colleaguesUntil === null) return;
    await this.bot.keep(message, { left, colleaguesUntil });
    await delivery.note({ left: null, colleaguesUntil: null });
  }

  /** Why a worker may not go on with a batch whose turn it no longer has. */
  async turnLost(turn: Turn, { kind }: Pick<BotOutcome, 'kind'>): Promise<DeliveryOutcome> {
    if (await this.turns.findSuperseded(turn)) return { kind: 'superseded' };
    if (kind !== 'answered') return TURN_LOST;
    // Whichever worker has the job goes on with it, and that may be this one: the other may have come too late for it.
    if (await this.turns.isTakenOver(turn)) return TURN_LOST;
    this.logger.warn('The bot answered too late, nothing of it is sent', {
      batchId: turn.batchId,
      conversationId: turn.conversation.id,
    });
    return { kind: 'late' };
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
    const named = this.circuitOf(request);
    const { circuit } = named;
    const patience = this.patienceWith(named);
    const isToBlame = mayBlame && failedBeforeAtMs !== null && circuit.hasAnsweredSince(failedBeforeAtMs);
    const attempts = delivery.now.attempts + (isToBlame ? 1 : 0);
    const failures = (awaiting?.failures ?? 0) + 1;
    const isAway = circuit.absence !== null;
    const isParked = patience.isToBeParked;
    await delivery.note({
      attempts,
      begun: 0,
      lastAnswer: answer,
      awaiting: { sinceMs, failures, failedAtMs: this.nowMs, isParked, ...ofBot(named) },
    });
    if (attempts >= this.settings.maxAttempts) return giveUp(delivery, `${answer.error}, ${attempts} times`);
    if (patience.isOver(sinceMs)) return giveUp(delivery, patience.reason(sinceMs, delivery.now.lastAnswer));
    // `BotWatch` reports this once, not for each message.
    if (isAway) return patience.putOff(sinceMs, isParked);
    return this.tryAgain(request, { failures, error: answer.error }, retryAfterMs);
  }

  /** @param askedMs how long the other side asked to be left alone. */
  tryAgain(
    request: Parameters<typeof idOf>[0],
    { failures, error }: { failures: number; error: string },
    askedMs: number | null,
  ): DeliveryOutcome {
    const delayMs = retryDelayMs(failures, this.settings.retryDelayMs, askedMs);
    const fields = { batchId: idOf(request), attempts: failures, error };
    this.logger.warn(`Delivery failed, next try in ${delayMs} ms`, fields);
    return { kind: 'later', delayMs, why: 'retry' };
  }

  private circuitOf({ conversationId }: OfConversation): NamedCircuit {
    return this.circuits.of(parseConversationId(conversationId).companyId);
  }

  private patienceWith({ circuit }: NamedCircuit): OutagePatience {
    return new OutagePatience(circuit, this.settings.outageMaxMs);
  }
}

/** The bot that a message waits for, as it is noted. */
function ofBot({ bot }: NamedCircuit): { bot?: string } {
  return bot === '' ? {} : { bot };
}
