import type { BegunTurn, SupersededBatches, Turns, UsualBotTime } from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import type { Settings } from '@app/settings';
import { type Bot, type BotOutcome, type BotRequest, NOTHING_KNOWN } from '../bot/bot';
import { BotCircuits } from '../bot/bot-circuits';
import type { ReplyDispatcher } from '../replies/reply-dispatcher';
import { AnswerCommit } from './answer-commit';
import { AnswerReport } from './answer-report';
import { AnswerSending } from './answer-sending';
import { BotAnswers } from './bot-answers';
import { BotAttempts } from './bot-attempts';
import { BotCalls } from './bot-calls';
import { Delivery } from './delivery';
import { DeliveryProgress } from './delivery-progress';
import { DeliverySteps } from './delivery-steps';
import type { DeliveryMetrics } from './delivery.metrics';
import type { Handover } from './handover';
import type { LoopAlarm } from './loop-alarm';

const DRAFT = {
  batchId: 'b-1',
  conversationId: '1:79001234567',
  final: false,
  messages: [],
} as unknown as MergedMessage;
const OWN = {
  bot: { maxAttempts: 3, retryDelayMs: 10, outageMaxMs: 60_000, staleReplyMs: 0, url: null },
  turns: { maxMs: 600_000 },
};
const SETTINGS = { ...OWN, of: () => OWN, companies: { profileOf: () => null } } as unknown as Settings;
const ANSWERED: BotOutcome = { kind: 'answered', replies: [], notUnderstood: null };

/** Plays a draft whose window is over when the bot answers, and says what is told of its calls. */
async function played(
  bot: (request: BotRequest) => Partial<BotOutcome>,
): Promise<{ calls: number; timesTold: number; final: boolean[] }> {
  const told: number[] = [];
  const final: boolean[] = [];
  const turn: BegunTurn = {
    conversation: { id: '1:7', customer: '7', companyId: 1 },
    batchId: 'b-1',
    token: 't',
    isMuted: false,
  };
  const turns = {
    begin: () => Promise.resolve(turn),
    commit: () => Promise.resolve({ outcome: 'committed' }),
    isHeld: () => Promise.resolve(true),
    end: () => Promise.resolve('ended'),
  } as unknown as Turns;
  const dispatcher = {
    answerPresses: () => undefined,
    showTyping: () => undefined,
    messagesOf: () => [],
    deliver: () => Promise.resolve({ kind: 'done' }),
  } as unknown as ReplyDispatcher;
  const taking = {
    recall: () => Promise.resolve(NOTHING_KNOWN),
    take: (request: BotRequest) => {
      if ('final' in request) final.push(request.final);
      return Promise.resolve({ ...ANSWERED, ...bot(request) });
    },
  } as unknown as Bot;
  const metrics = {
    botCall: () => () => undefined,
    turnEnded: () => undefined,
  } as unknown as DeliveryMetrics;
  const lateReplies = {
    find: () => Promise.resolve(null),
    open: () => Promise.resolve(null),
    close: () => Promise.resolve(null),
  };
  const report = new AnswerReport(metrics, {
    took: (ms: number) => told.push(ms),
  } as unknown as UsualBotTime);
  const attempts = new BotAttempts(
    turns,
    taking,
    new BotCircuits({ nowMs: 1, monotonicMs: 0 }, SETTINGS),
    metrics,
    SETTINGS,
  );
  const answers = new BotAnswers(lateReplies as never, turns, dispatcher, report, metrics, SETTINGS);
  const superseded = { watch: () => ({ signal: new AbortController().signal, end: () => undefined }) };
  const steps = new DeliverySteps(
    attempts,
    new BotCalls(superseded as unknown as SupersededBatches, attempts, answers, dispatcher, report, SETTINGS),
    answers,
    new AnswerCommit(turns, attempts, dispatcher),
    {} as Handover,
    new AnswerSending(attempts, dispatcher, report, SETTINGS),
  );
  const delivery = new Delivery(turns, attempts, answers, steps, {} as LoopAlarm, SETTINGS);
  const progress = new DeliveryProgress({ progress: {} }, { note: () => Promise.resolve() });
  expect(await delivery.run(DRAFT, progress)).toEqual({ kind: 'delivered' });
  return { calls: progress.now.calls, timesTold: told.length, final };
}

describe('the calls of a bot', () => {
  it('are those for a message: to be told of a commit is none', async () => {
    const bot = (request: BotRequest): Partial<BotOutcome> =>
      'commit' in request ? {} : { commit: { slot: 18 } };
    expect(await played(bot)).toEqual({ calls: 1, timesTold: 1, final: [false] });
  });

  it('that it answers only when they are final take no time: an early start goes by those that it answers', async () => {
    const bot = (request: BotRequest): Partial<BotOutcome> => ({
      needsFinal: 'final' in request && !request.final,
    });
    expect(await played(bot)).toEqual({ calls: 2, timesTold: 1, final: [false, true] });
  });
});
