import { RedisClock } from './redis-clock';

describe('Redis’s time on a host', () => {
  let redisMs: number;
  let monotonicMs: number;
  let asked: number;
  let clock: RedisClock;

  beforeEach(() => {
    [redisMs, monotonicMs, asked] = [1_700_000_000_000, 1_000, 0];
    clock = new RedisClock(
      () => {
        asked += 1;
        return Promise.resolve(redisMs);
      },
      () => monotonicMs,
    );
  });
  afterEach(() => jest.restoreAllMocks());

  it('is counted on from what Redis said, whatever becomes of the host’s', async () => {
    const then = Date.now();
    expect(await clock.now()).toBe(redisMs);
    jest.spyOn(Date, 'now').mockReturnValue(then - 600_000);
    monotonicMs += 1_234;
    expect(await clock.now()).toBe(redisMs + 1_234);
    expect(clock.hostBehindMs).toBe(redisMs + 1_234 - (then - 600_000));
    expect(asked).toBe(1);
  });

  it('follows a clock of Redis’s that is set, within seconds', async () => {
    await clock.now();
    redisMs -= 600_000;
    monotonicMs += 6_000;
    await clock.now();
    expect(asked).toBe(2);
    expect(await clock.now()).toBe(redisMs);
  });

  it('is counted on while Redis does not answer', async () => {
    await clock.now();
    jest
      .spyOn(clock as unknown as { askRedis: () => Promise<number> }, 'askRedis')
      .mockRejectedValue(new Error('away'));
    monotonicMs += 60_000;
    expect(await clock.now()).toBe(redisMs + 60_000);
  });
});
