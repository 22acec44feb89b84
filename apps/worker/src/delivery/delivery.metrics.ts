import { Injectable } from '@nestjs/common';
import type { AnswerShape } from '@app/bots';
import { ATTEMPT_OUTCOMES } from '@app/contracts';
import { answering, GATEWAY_NAMES } from '@app/gateways';
import { Metrics } from '@app/platform';
import type { BotOutcome } from '../bot/bot';
import type { ReplyState } from '../replies/reply-state';
import type { DeliveryOutcome } from './delivery-outcome';

const DELIVERIES = [
  ...(['delivered', 'superseded', 'muted', 'late', 'lost', 'dead'] as const),
  ...(['busy', 'retry', 'away', 'interrupted', 'paced', 'window', 'promised'] as const),
] as const;
const REPLIES = ['sent', 'unknown', 'logged', 'unsent', 'refused'] as const;
const SHAPES: readonly AnswerShape[] = ['json', 'html', 'text'];

/** Counts this worker's deliveries to the bot and its replies. */
@Injectable()
export class DeliveryMetrics {
  private readonly deliveries;
  private readonly calls;
  private readonly durations;
  private readonly active;
  private readonly away;
  private readonly notUnderstood;
  private readonly replies;
  private readonly handovers;
  private readonly superseded;
  private readonly held;
  private readonly delays;
  private readonly callsPerTurn;

  constructor(metrics: Metrics) {
    this.deliveries = metrics.counter({
      name: 'deliveries_total',
      help: 'Jobs that this worker has handled: delivered, superseded, muted, late, lost, dead, or put off (busy, retry, away, interrupted, paced, window, promised).',
      labelNames: ['outcome'],
    });
    for (const outcome of DELIVERIES) this.deliveries.inc({ outcome }, 0);
    this.calls = metrics.counter({
      name: 'bot_calls_total',
      help: 'Calls of the bot: answered, promised (its reply comes later), declined (a committed answer), unavailable (tried again), refused, interrupted.',
      labelNames: ['outcome'],
    });
    for (const outcome of ATTEMPT_OUTCOMES) this.calls.inc({ outcome }, 0);
    this.durations = metrics.histogram({
      name: 'bot_call_duration_seconds',
      help: 'Time from the beginning of a call of the bot to the end of its answer.',
      labelNames: ['outcome'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120],
    });
    this.active = metrics.gauge({ name: 'bot_calls_active', help: 'Calls of the bot under way.' });
    this.away = metrics.gauge({
      name: 'bot_away',
      help: 'Bots to which this worker only makes calls that test whether they are back.',
    });
    this.away.set(0);
    this.notUnderstood = metrics.counter({
      name: 'bot_answers_not_understood_total',
      help: 'Answers of the bot that could not be fully read as a reply, by their form.',
      labelNames: ['shape'],
    });
    for (const shape of SHAPES) this.notUnderstood.inc({ shape }, 0);
    this.superseded = metrics.counter({
      name: 'answers_superseded_total',
      help: 'Batches whose answer is not sent, because a later batch has their messages.',
    });
    this.held = metrics.counter({
      name: 'conversations_held_total',
      help: 'Conversations held by this worker after MAX_TURNS_PER_HOUR turns within an hour.',
    });
    this.delays = metrics.histogram({
      name: 'answer_delay_seconds',
      help: 'Time from the arrival of a batch’s last message to the last reply to it.',
      buckets: [0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 60, 120, 600],
    });
    this.callsPerTurn = metrics.histogram({
      name: 'bot_calls_per_turn',
      help: 'Calls of the bot for one turn of a conversation: tries and superseded drafts with the one that was answered.',
      buckets: [1, 2, 3, 4, 5, 8, 12],
    });
    this.replies = metrics.counter({
      name: 'replies_total',
      help: 'Replies to customers: sent, unknown (not sent again), logged (no sender), and tries unsent or refused.',
      labelNames: ['gateway', 'outcome'],
    });
    this.handovers = metrics.counter({
      name: 'handovers_total',
      help: 'Conversations that the bot has left to humans.',
      labelNames: ['gateway'],
    });
    for (const gateway of [...GATEWAY_NAMES, 'other']) this.handovers.inc({ gateway }, 0);
    for (const gateway of [...GATEWAY_NAMES, 'other'])
      for (const outcome of REPLIES) this.replies.inc({ gateway, outcome }, 0);
  }

  /** A conversation had too many turns. */
  conversationHeld(): void {
    this.held.inc();
  }

  /** @param delayMs from the arrival of the last message to the last reply. */
  answerSent(delayMs: number): void {
    this.delays.observe(delayMs / 1000);
  }

  /** @param calls of the bot, with those of the batches that it superseded. */
  turnEnded(calls: number): void {
    this.callsPerTurn.observe(calls);
  }

  /** @returns a function to call with the result of the call. */
  botCall(): (outcome: BotOutcome['kind']) => void {
    this.active.inc();
    const end = this.durations.startTimer();
    return (outcome) => {
      this.active.dec();
      this.calls.inc({ outcome });
      end({ outcome });
    };
  }

  botsAway(count: number): void {
    this.away.set(count);
  }

  answerNotUnderstood(shape: AnswerShape): void {
    this.notUnderstood.inc({ shape });
  }

  delivered(outcome: DeliveryOutcome): void {
    if (outcome.kind === 'superseded') this.superseded.inc();
    this.deliveries.inc({ outcome: outcome.kind === 'later' ? outcome.why : outcome.kind });
  }

  /** @param gateway as for `replied`. */
  handedOver(gateway: string): void {
    this.handovers.inc({ gateway: answering(gateway)?.name ?? 'other' });
  }

  /** @param gateway as a message names it; gateways without a sender are counted together, because a label must not grow. */
  replied(gateway: string, outcome: ReplyState | 'unsent' | 'refused'): void {
    this.replies.inc({ gateway: answering(gateway)?.name ?? 'other', outcome });
  }
}
