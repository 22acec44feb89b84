import type { LateReplies, SupersededBatches, Turns, UsualBotTime } from '@app/batching';
import type { Settings } from '@app/settings';
import { type Bot, type BotOutcome, NOTHING_KNOWN } from '../../bot/bot';
import { BotCircuits } from '../../bot/bot-circuits';
import type { ReplyDispatcher } from '../../replies/reply-dispatcher';
import { AnswerCommit } from '../answer-commit';
import { AnswerReport } from '../answer-report';
import { AnswerSending } from '../answer-sending';
import { BotAnswers } from '../bot-answers';
import { BotAttempts } from '../bot-attempts';
import { BotCalls } from '../bot-calls';
import { Delivery } from '../delivery';
import { DeliverySteps } from '../delivery-steps';
import type { DeliveryMetrics } from '../delivery.metrics';
import type { Handover } from '../handover';
import type { LoopAlarm } from '../loop-alarm';

/** What a test brings: the parts that talk to Redis are real, the bot and the gateway are its own. */
export interface Parts {
  turns: Turns;
  late: LateReplies;
  settings: Settings;
  dispatcher: ReplyDispatcher;
  /** One call of the bot, which answers with these texts. */
  call: () => Promise<string[]>;
  Answers?: typeof BotAnswers;
  /** The worker finds the bot away. */
  isAway?: boolean;
}

export const METRICS = {
  botCall: () => () => undefined,
  turnEnded: () => undefined,
  delivered: () => undefined,
  answerSent: () => undefined,
} as unknown as DeliveryMetrics;

/** A delivery by one worker. */
export function deliveryOf({
  turns,
  late,
  settings,
  dispatcher,
  call,
  Answers = BotAnswers,
  isAway = false,
}: Parts): Delivery {
  const bot = {
    recall: () => Promise.resolve(NOTHING_KNOWN),
    take: async (): Promise<BotOutcome> => ({
      kind: 'answered',
      replies: (await call()).map((text) => ({ text })),
      notUnderstood: null,
    }),
  } as unknown as Bot;
  const circuits = new BotCircuits({ nowMs: Date.now(), monotonicMs: 0 }, settings);
  const answer = { error: 'refused connection', status: null, headers: {}, body: '' };
  const failed = { kind: 'unavailable', answer, retryAfterMs: null, mayBlame: false } as const;
  if (isAway) for (let i = 0; i < 3; i += 1) circuits.of(null).circuit.begin()?.end(failed);
  const attempts = new BotAttempts(turns, bot, circuits, METRICS, settings);
  const report = new AnswerReport(METRICS, { took: () => undefined } as unknown as UsualBotTime);
  const superseded = { watch: () => ({ signal: new AbortController().signal, end: () => undefined }) };
  const answers = new Answers(late, turns, dispatcher, report, METRICS, settings);
  const watching = superseded as unknown as SupersededBatches;
  const steps = new DeliverySteps(
    attempts,
    new BotCalls(watching, attempts, answers, dispatcher, report, settings),
    answers,
    new AnswerCommit(turns, attempts, dispatcher),
    {} as Handover,
    new AnswerSending(attempts, dispatcher, report, settings),
  );
  return new Delivery(turns, attempts, answers, steps, {} as LoopAlarm, settings);
}
