import { Inject, Injectable, Logger } from '@nestjs/common';
import { LateReplies, type LateReply, Turns } from '@app/batching';
import { repliesOf, type Understood } from '@app/bots';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { type BotAnswer, type BotJob, idOf, isEvent } from '../bot/bot';
import { ReplyDispatcher } from '../replies/reply-dispatcher';
import { AnswerReport } from './answer-report';
import type { BotSaid } from './bot-attempts';
import type { DeliveryOutcome } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';
import { DeliveryMetrics } from './delivery.metrics';
import { giveUp } from './give-up';
import type { Work } from './work';

/**
 * How soon a batch looks by itself for the reply that it was promised, ms. Whoever brings the reply wakes its job; this is for
 * those who die before they have.
 */
const LOOKS_AGAIN_MS = 15_000;

/** Ends of a batch that was not answered, or whose answer is not noted: until then a late reply may come. */
const ENDS: ReadonlySet<DeliveryOutcome['kind']> = new Set(['dead', 'muted', 'late'] as const);

/** What a record holds once the bot has answered. */
const ANSWERED = { attempts: 0, begun: 0, awaiting: null, promisedAtMs: null, lastAnswer: null } as const;

/** Notes what the bot answers, to the call or later. The caller has the turn. */
@Injectable()
export class BotAnswers {
  private readonly logger = new Logger('Bot');

  constructor(
    private readonly lateReplies: LateReplies,
    private readonly turns: Turns,
    private readonly dispatcher: ReplyDispatcher,
    private readonly report: AnswerReport,
    private readonly metrics: DeliveryMetrics,
    @Inject(SETTINGS) private readonly settings: { turns: Pick<Settings['turns'], 'maxMs'> },
  ) {}

  /**
   * Notes an answer to the call. A reply that came before it, through the bot's other door, is sent before it.
   *
   * @param isFinal a bot that wants to be asked once more, and was already asked finally, has said nothing.
   */
  async note(
    { request, delivery }: Work,
    {
      replies,
      notUnderstood,
      needsFinal = false,
      commit = null,
      handover = false,
      left,
    }: BotSaid & BotAnswer,
    botMs: number,
    isFinal = true,
  ): Promise<void> {
    if (notUnderstood) this.metrics.answerNotUnderstood(notUnderstood.shape);
    const done = { ...ANSWERED, lastAnswer: notUnderstood?.answer ?? null };
    if (needsFinal && isFinal) this.report.saidNothingFinally(request.conversationId, delivery.now.calls);
    if (needsFinal && !isFinal) return delivery.note({ ...done, needsFinal: true });
    const before = isEvent(request)
      ? null
      : readingOf(await this.lateReplies.close(request.batchId, delivery.lock));
    await delivery.note({
      ...done,
      replies: this.dispatcher.messagesOf(request, [...(before?.replies ?? []), ...replies]),
      commit: commit ?? before?.commit ?? null,
      handover: handover || before?.handover === true ? 'asked' : null,
      botMs,
      left,
    });
  }

  /** Notes that the reply comes later. The batch keeps its turn, and waits on the queue without a worker. */
  async notePromise({ request, delivery, turn: { batchId } }: Work, promisedAtMs: number): Promise<void> {
    const { conversationId } = request;
    const { maxMs } = this.settings.turns;
    this.logger.log(`The bot promises a reply, which may take ${maxMs / 1000} s`, {
      batchId,
      conversationId,
    });
    await delivery.note({ ...ANSWERED, promisedAtMs });
  }

  /** True if a late reply has come. */
  async hasCome(request: BotJob, delivery: DeliveryProgress): Promise<boolean> {
    if (isEvent(request) || !mayHaveLateReply(delivery)) return false;
    return (await this.lateReplies.find(request.batchId)) !== null;
  }

  /** Before a further call: true if that is not needed, because a late reply came after the last and is noted now. */
  async noteLate({ request, delivery }: Work): Promise<boolean> {
    if (isEvent(request) || !mayHaveLateReply(delivery)) return false;
    const late = await this.lateReplies.open(request.batchId, delivery.lock);
    if (late !== null) await this.take(request, delivery, late);
    return late !== null;
  }

  /** The step that waits for a promised reply; null once it is noted. */
  async awaitReply({ request, delivery }: Work, nowMs: number): Promise<DeliveryOutcome | null> {
    const { maxMs } = this.settings.turns;
    const leftMs = (delivery.now.promisedAtMs ?? nowMs) + maxMs - nowMs;
    const late = await this.lateReplies[leftMs > 0 ? 'open' : 'close'](idOf(request), delivery.lock);
    if (late !== null) {
      await this.take(request, delivery, late);
      return null;
    }
    if (leftMs > 0) return { kind: 'later', delayMs: Math.min(leftMs, LOOKS_AGAIN_MS), why: 'promised' };
    return giveUp(delivery, `the bot promised a reply, and none came within TURN_MAX (${maxMs / 1000} s)`);
  }

  /**
   * True if a reply has come although the call failed, or was too late, or the bot was muted and is not any more: the batch then
   * neither ends nor waits. No other reply is taken for one that ends, so that none is accepted and then lost with it.
   */
  async hasComeInstead(
    outcome: DeliveryOutcome,
    request: MergedMessage,
    delivery: DeliveryProgress,
  ): Promise<boolean> {
    if (delivery.now.replies !== null) return false;
    if (ENDS.has(outcome.kind)) {
      const hasCome = (await this.lateReplies.close(request.batchId, delivery.lock)) !== null;
      return hasCome && !(await this.turns.isMuted(parseConversationId(request.conversationId)));
    }
    const isPutOff = outcome.kind === 'later' && (outcome.why === 'retry' || outcome.why === 'away');
    return isPutOff && this.hasCome(request, delivery);
  }

  private async take(request: BotJob, delivery: DeliveryProgress, late: LateReply): Promise<void> {
    const { promisedAtMs } = delivery.now;
    const { replies, commit, handover } = readingOf(late);
    const botMs = promisedAtMs === null ? null : Math.max(0, late.at - promisedAtMs);
    if (botMs !== null) this.report.botAnswered(botMs, request);
    await delivery.note({
      ...ANSWERED,
      replies: this.dispatcher.messagesOf(request, replies),
      commit,
      handover: handover ? 'asked' : null,
      botMs,
      left: null,
    });
  }
}

/** False for nearly every batch that is taken off the queue: its job is as it was made, and open. */
function mayHaveLateReply({ now: { calls, closed } }: DeliveryProgress): boolean {
  return calls > 0 || closed;
}

/** It was checked when it came. */
function readingOf(late: LateReply): Understood;
function readingOf(late: LateReply | null): Understood | null;
function readingOf(late: LateReply | null): Understood | null {
  return late && repliesOf(late.answer);
}
