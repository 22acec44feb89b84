import type { SupersededBatches, Turns, UsualBotTime } from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import type { Settings } from '@app/settings';
import type { Bot } from '../bot/bot';
import { BotCircuits } from '../bot/bot-circuits';
import type { ReplyDispatcher } from '../replies/reply-dispatcher';
import { AnswerCommit } from './answer-commit';
import { AnswerReport } from './answer-report';
import type { BotAnswers } from './bot-answers';
import { BotAttempts } from './bot-attempts';
import { Delivery } from './delivery';
import { DeliveryProgress, type DeliveryRecord } from './delivery-progress';
import type { DeliveryMetrics } from './delivery.metrics';
import type { Handover } from './handover';
import type { LoopAlarm } from './loop-alarm';

const MESSAGE = { batchId: 'b-2', conversationId: '1:79001234567', follows: 'b-1' } as MergedMessage;
const OWN = {
  bot: { maxAttempts: 3, retryDelayMs: 10, outageMaxMs: 60_000, staleReplyMs: 0, url: null },
};
const SETTINGS = { ...OWN, of: () => OWN, companies: { profileOf: () => null } } as unknown as Settings;

describe('a message that has waited for the bot, and must wait for its conversation now', () => {
  it.each(['busy', 'behind'] as const)(
    'is no longer among those that wait for the bot: %s',
    async (state) => {
      const turns = { begin: () => Promise.resolve(state) } as unknown as Turns;
      const circuits = new BotCircuits({ nowMs: Date.now(), monotonicMs: 0 }, SETTINGS);
      const [bot, dispatcher, metrics] = [{}, {}, {}] as [Bot, ReplyDispatcher, DeliveryMetrics];
      const attempts = new BotAttempts(turns, bot, circuits, metrics, SETTINGS);
      const answers = { hasCome: () => Promise.resolve(false) } as unknown as BotAnswers;
      const delivery = new Delivery(
        turns,
        {} as SupersededBatches,
        attempts,
        answers,
        new AnswerCommit(turns, attempts, dispatcher),
        {} as Handover,
        dispatcher,
        new AnswerReport(metrics, {} as UsualBotTime),
        {} as LoopAlarm,
        SETTINGS,
      );
      const awaiting = { sinceMs: Date.now(), failures: 1, failedAtMs: 1, isParked: true };
      const noted: DeliveryRecord[] = [];
      const record = new DeliveryProgress({
        progress: { awaiting },
        updateProgress: (progress) => Promise.resolve(void noted.push(progress as DeliveryRecord)),
      });
      expect(await delivery.run(MESSAGE, record)).toMatchObject({ kind: 'later', why: 'busy' });
      expect(noted).toMatchObject([{ awaiting: { ...awaiting, isParked: false } }]);
    },
  );
});
