import type { ProcessRegistry } from '@app/batching';
import type { Settings } from '@app/settings';
import type { DeliveryMetrics } from '../delivery/delivery.metrics';
import type { BotOutcome } from './bot';
import type { BotBacklog } from './bot-backlog';
import type { BotCircuit } from './bot-circuit';
import { BotCircuits } from './bot-circuits';
import { BotWatch } from './bot-watch';

const answer = { status: null, error: 'ECONNREFUSED', headers: {}, body: '' };
const AWAY: BotOutcome = { kind: 'unavailable', answer, retryAfterMs: null, mayBlame: false };
const INTERRUPTED: BotOutcome = { kind: 'interrupted' };

describe('the watch over a bot that is away', () => {
  let circuit: BotCircuit;
  let watch: BotWatch;
  /** How many parked jobs it has asked for, each time. */
  let asked: number[];

  beforeEach(() => {
    jest.useFakeTimers();
    asked = [];
    const bot = {};
    const circuits = new BotCircuits(
      {
        get nowMs() {
          return Date.now();
        },
        get monotonicMs() {
          return Date.now();
        },
      },
      { of: () => ({ bot }) } as unknown as Settings,
    );
    ({ circuit } = circuits.of(null));
    const backlog = { release: (limit: number) => Promise.resolve(asked.push(limit)) };
    watch = new BotWatch(
      circuits,
      backlog as unknown as BotBacklog,
      {
        reportFindings: () => undefined,
        reportBot: () => undefined,
        others: [],
      } as unknown as ProcessRegistry,
      { botsAway: () => undefined } as unknown as DeliveryMetrics,
    );
    watch.onApplicationBootstrap();
    for (let i = 0; i < 3; i += 1) circuit.begin()?.end(AWAY);
  });
  afterEach(async () => {
    await watch.beforeApplicationShutdown();
    jest.useRealTimers();
  });

  /** The bot may be tried again, and a parked job was asked for. */
  async function probeIsDue(): Promise<void> {
    while (asked.length === 0) await jest.advanceTimersByTimeAsync(50);
  }

  it('asks for one parked job when it is time to try the bot again, and then waits for it', async () => {
    await probeIsDue();
    await jest.advanceTimersByTimeAsync(500);
    expect(asked).toEqual([1]);
  });

  it.each([
    ['made no call, because it was superseded', undefined],
    ['was superseded in its call', INTERRUPTED],
  ])('asks for the next at once where that one %s', async (_, outcome) => {
    await probeIsDue();
    for (const many of [2, 3, 4]) {
      circuit.begin()?.end(outcome);
      await jest.advanceTimersByTimeAsync(0);
      expect(asked).toHaveLength(many);
    }
    circuit.begin()?.end(AWAY);
    await jest.advanceTimersByTimeAsync(500);
    expect(asked).toEqual([1, 1, 1, 1]);
  });
});
