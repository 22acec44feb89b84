import { LEAST, shortageOf } from './evidence';

const DAY_MS = 24 * 3_600_000;

describe('the evidence', () => {
  const enough = { ...LEAST, from: 0, to: DAY_MS };

  it('is enough', () => {
    expect(shortageOf(enough)).toBeNull();
  });

  it.each([
    ['too few bursts', { bursts: LEAST.bursts - 1 }, 2],
    ['too few customers', { customers: LEAST.customers - 1 }, 2],
    ['a tenth of the bursts', { bursts: LEAST.bursts / 10 }, 10],
    ['nothing at all', { bursts: 0, customers: 0, from: null, to: null }, null],
    ['one burst, which says nothing of the rate', { bursts: 1, customers: 1, to: 0 }, null],
  ])('is short: %s', (_, fields, days) => {
    expect(shortageOf({ ...enough, ...fields })).toEqual({ days });
  });
});
