import type { Turns } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import type { Settings } from '@app/settings';
import type { Bot } from '../bot/bot';
import { BotCircuits } from '../bot/bot-circuits';
import type { BotAnswers } from './bot-answers';
import { BotAttempts } from './bot-attempts';
import { Delivery } from './delivery';
import { DeliveryProgress, type DeliveryRecord } from './delivery-progress';
import type { DeliverySteps } from './delivery-steps';
import type { DeliveryMetrics } from './delivery.metrics';
import type { LoopAlarm } from './loop-alarm';

const MESSAGE = { batchId: 'b-2', conversationId: '1:79001234567', follows: 'b-1' } as MergedMessage;
const OWN = {
  bot: { maxAttempts: 3, retryDelayMs: 10, outageMaxMs: 60_000, staleReplyMs: 0, url: null },
};
const SETTINGS = { ...OWN, of: () => OWN, companies: { profileOf: () => null } } as unknown as Settings;

interface Stage {
  delivery: Delivery;
  record: DeliveryProgress;
  noted: DeliveryRecord[];
}

const AWAITING = { sinceMs: Date.now(), failures: 1, failedAtMs: 1, isParked: true };

/** A message that has waited for the bot; which is there, unless it is away. */
function waiting(turns: Partial<Turns>, isAway = false): Stage {
  const circuits = new BotCircuits({ nowMs: Date.now(), monotonicMs: 0 }, SETTINGS);
  const answer = { error: 'refused connection', status: null, headers: {}, body: '' };
  const failed = { kind: 'unavailable', answer, retryAfterMs: null, mayBlame: false } as const;
  if (isAway) for (let i = 0; i < 3; i += 1) circuits.of(1).circuit.begin()?.end(failed);
  const [bot, metrics] = [{}, {}] as [Bot, DeliveryMetrics];
  const attempts = new BotAttempts(turns as Turns, bot, circuits, metrics, SETTINGS);
  const answers = { hasCome: () => Promise.resolve(false), hasComeInstead: () => Promise.resolve(false) };
  const delivery = new Delivery(
    turns as Turns,
    attempts,
    answers as unknown as BotAnswers,
    {} as DeliverySteps,
    {} as LoopAlarm,
    SETTINGS,
  );
  const noted: DeliveryRecord[] = [];
  const note = (_: unknown, progress: object): Promise<void> =>
    Promise.resolve(void noted.push(progress as DeliveryRecord));
  const record = new DeliveryProgress({ progress: { awaiting: AWAITING } }, { note });
  return { delivery, record, noted };
}

describe('a message that has waited for the bot, and must wait for its conversation now', () => {
  it.each(['busy', 'behind'] as const)(
    'is no longer among those that wait for the bot: %s',
    async (state) => {
      const { delivery, record, noted } = waiting({ begin: () => Promise.resolve(state) });
      expect(await delivery.run(MESSAGE, record)).toMatchObject({ kind: 'later', why: 'busy' });
      expect(noted).toMatchObject([{ awaiting: { ...AWAITING, isParked: false } }]);
    },
  );
});

describe('a message for a bot that is away', () => {
  const turn = { conversation: parseConversationId(MESSAGE.conversationId), batchId: 'b-2', token: 't' };

  it('waits for it, and its turn is left as it is', async () => {
    const { delivery, record } = waiting({ isMuted: () => Promise.resolve(false) }, true);
    expect(await delivery.run(MESSAGE, record)).toMatchObject({ kind: 'later', why: 'away' });
  });

  it('ends where the bot is muted: it would not be called then, and after the mute a human has answered', async () => {
    const ended: unknown[] = [];
    const turns = {
      isMuted: () => Promise.resolve(true),
      begin: () => Promise.resolve({ ...turn, isMuted: true }),
      end: (_: unknown, result: unknown) => Promise.resolve((ended.push(result), 'ended' as const)),
    };
    const { delivery, record } = waiting(turns, true);
    expect(await delivery.run(MESSAGE, record)).toEqual({ kind: 'muted' });
    expect(ended).toMatchObject([{ isDelivered: false }]);
  });
});
