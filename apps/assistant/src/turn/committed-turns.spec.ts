import { z } from 'zod';
import type { BatchStore } from '@app/batching';
import { Metrics } from '@app/platform';
import type { ConversationMemory } from '../context/conversation-memory';
import { AssistantMetrics } from '../metrics/assistant.metrics';
import { defineTool } from '../tools/tool';
import { Toolbox } from '../tools/toolbox';
import { CommittedTurns } from './committed-turns';

const NOTICE = {
  ...{ type: 'commit' as const, batchId: 'b-1', turnId: 'b-1', conversationId: '79001234567', phone: null },
  commit: {
    exchange: { at: 1, customer: 'hello', assistant: 'booked' },
    acts: [{ tool: 'book', input: {} }],
  },
};

/** One key of Redis's, by the clock of the test. */
class Redis {
  private value: string | null = null;
  private until = 0;

  get(): Promise<string | null> {
    return Promise.resolve(Date.now() < this.until ? this.value : null);
  }
  async set(_: string, value: string, __: 'EX', ttlS: number, onlyNew?: 'NX'): Promise<'OK' | null> {
    if (onlyNew && (await this.get()) !== null) return null;
    [this.value, this.until] = [value, Date.now() + ttlS * 1000];
    return 'OK';
  }
  expire(_: string, ttlS: number): Promise<void> {
    this.until = Date.now() + ttlS * 1000;
    return Promise.resolve();
  }
  get ageLeftS(): number {
    return (this.until - Date.now()) / 1000;
  }
}

describe('a committed turn', () => {
  let redis: Redis;
  let acts: (() => void)[];

  beforeEach(() => {
    jest.useFakeTimers();
    [redis, acts] = [new Redis(), []];
  });
  afterEach(() => jest.useRealTimers());

  function assistant(): CommittedTurns {
    const store = {
      keysOf: () => ({ committedTurn: () => 'key' }),
      commands: <T>(run: (client: Redis) => Promise<T>) => run(redis),
      redis,
    } as unknown as BatchStore;
    const book = defineTool({
      ...{ name: 'book', description: 'Books.', input: z.object({}) },
      run: () => Promise.resolve({}),
      perform: () => new Promise((resolve) => acts.push(() => resolve({ kind: 'done' }))),
    });
    const memory = { keep: () => Promise.resolve() } as unknown as ConversationMemory;
    return new CommittedTurns(store, new Toolbox([book]), memory, new AssistantMetrics(new Metrics()));
  }

  it('stays in hand for as long as it is worked on, whoever else is told of it', async () => {
    const answer = assistant().perform(NOTICE);
    await jest.advanceTimersByTimeAsync(60_000);
    await expect(assistant().perform(NOTICE)).rejects.toMatchObject({ status: 425 });
    acts[0]?.();
    expect(await answer).toEqual({});
    expect(acts).toHaveLength(1);
    // Known for longer than the notice may come again.
    await jest.advanceTimersByTimeAsync(60_000);
    expect(redis.ageLeftS).toBeGreaterThan(24 * 3600);
    expect(await assistant().perform(NOTICE)).toEqual({});
    expect(acts).toHaveLength(1);
  });

  it('of a process that dies is done by the next notice after ten seconds', async () => {
    assistant()
      .perform(NOTICE)
      .catch(() => undefined);
    await jest.advanceTimersByTimeAsync(1);
    // Its timers die with it.
    jest.clearAllTimers();
    await jest.advanceTimersByTimeAsync(10_000);
    const answer = assistant().perform(NOTICE);
    await jest.advanceTimersByTimeAsync(1);
    acts[1]?.();
    expect(await answer).toEqual({});
  });
});
