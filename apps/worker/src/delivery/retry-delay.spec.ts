import { retryDelayMs } from './retry-delay';

const longest = (): number => 1;

describe('the wait before the next attempt', () => {
  it('may double each time, up to five minutes', () => {
    const waits = [1, 2, 3, 4, 20].map((attempts) => retryDelayMs(attempts, 2_000, null, longest));
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 300_000]);
  });

  it('is anything up to that, so that those who failed together part', () => {
    expect(retryDelayMs(3, 2_000, null, () => 0)).toBe(0);
    expect(retryDelayMs(3, 2_000, null, () => 0.5)).toBe(4_000);
  });

  it('is never shorter than what was asked for', () => {
    expect(retryDelayMs(1, 2_000, 30_000, () => 0)).toBe(30_000);
    expect(retryDelayMs(1, 2_000, 30_000, longest)).toBe(32_000);
  });
});
