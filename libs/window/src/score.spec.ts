import type { Burst } from './burst';
import type { Played } from './play';
import { score } from './score';

/** Ten bursts of each customer, each of one message; those that are answered twice come first. */
function customers(...twice: number[]): { bursts: Burst[]; playOne: (burst: Burst) => Played } {
  const bursts = twice.flatMap((_, customer) =>
    Array.from({ length: 10 }, (__, i) => ({
      id: 10 * customer + i,
      customer: String(customer),
      at: [1_000],
    })),
  );
  return {
    bursts,
    playOne: ({ id, customer }) => ({
      answers: Array.from({ length: id % 10 < (twice[Number(customer)] ?? 0) ? 2 : 1 }, () => ({
        at: 1_000 + id,
        messages: 1,
      })),
      calls: 3,
    }),
  };
}

describe('a score', () => {
  it('is the share that is answered twice, the delays from the last message, and the calls', () => {
    const { bursts, playOne } = customers(2, 4);
    expect(score(bursts, playOne)).toMatchObject({ twice: 0.3, meanMs: 9.5, p90Ms: 17, calls: 3 });
  });

  it('is as sure as its customers are alike, not as they are many bursts', () => {
    const margin = (...twice: number[]): number => {
      const { bursts, playOne } = customers(...twice);
      return score(bursts, playOne).margin;
    };
    expect(margin(5, 5, 5, 5)).toBe(0);
    // Of four customers, two are always answered twice: as if there were four bursts.
    expect(margin(0, 10, 0, 10)).toBeCloseTo(1.96 * Math.sqrt((0.5 * 0.5) / 3), 10);
    expect(margin(5)).toBe(1);
  });
});
