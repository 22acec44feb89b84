import { advise } from './advice';
import type { Row } from './row';

function aRow(name: string, fields: Partial<Row> = {}): Row {
  return {
    ...{
      kind: 'supersede',
      minMs: 9_000,
      windowMs: 9_000,
      maxMs: 9_000,
      startMs: 9_000,
      variables: { name },
    },
    ...{ isPresent: false, isBeyond: false },
    ...{ twice: 0.1, margin: 0.01, meanMs: 14_000, p90Ms: 20_000, calls: 1.1 },
    ...fields,
  };
}

const PRESENT = aRow('present', { isPresent: true });

/** The names of what is recommended, and of its alternative. */
function advised(...rows: Row[]): (string | undefined)[] {
  const { recommended, alternative } = advise([PRESENT, ...rows], PRESENT);
  return [recommended, alternative].map((row) => row?.variables.name);
}

describe('the advice', () => {
  const quick = aRow('quick', { meanMs: 9_000, calls: 1.3 });
  const calm = aRow('calm', { twice: 0.05 });

  it('is the quickest, and beside it what answers the fewest twice', () => {
    expect(advised(aRow('less quick', { meanMs: 10_000 }), quick, calm)).toEqual(['quick', 'calm']);
  });

  it('is the cheapest of those that are as quick', () => {
    expect(advised(quick, aRow('cheap', { meanMs: 9_040, calls: 1.2 }))).toEqual(['cheap', undefined]);
  });

  it('is what answers the fewest twice if nothing is quicker by more than a little', () => {
    expect(advised(aRow('hardly quicker', { meanMs: 13_400 }), calm)).toEqual(['calm', undefined]);
  });

  it('is the present setting if nothing is better', () => {
    expect(advised()).toEqual(['present', undefined]);
  });

  it.each([
    ['answers more bursts twice', { twice: 0.11 }],
    ['costs more than a fifth more calls', { calls: 1.4 }],
    ['has a longer window, which reaches beyond what the history shows', { isBeyond: true }],
  ])('is nothing that %s', (_, fields) => {
    expect(advised({ ...quick, ...fields })).toEqual(['present', undefined]);
  });
});
