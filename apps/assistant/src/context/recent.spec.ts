import { splitByRoom } from './recent';

const exchange = (at: number, length: number): { at: number; customer: string; assistant: string } => ({
  at,
  customer: 'a'.repeat(length),
  assistant: '',
});

describe('splitByRoom', () => {
  it('keeps what there is room for, the latest first', () => {
    const all = [exchange(1, 250), exchange(2, 250), exchange(3, 250)];
    expect(splitByRoom(all, 200)).toEqual({ older: all.slice(0, 1), recent: all.slice(1) });
    expect(splitByRoom(all, 300)).toEqual({ older: [], recent: all });
  });

  it('keeps the last one whatever its length', () => {
    const all = [exchange(1, 10), exchange(2, 100_000)];
    expect(splitByRoom(all, 200)).toEqual({ older: all.slice(0, 1), recent: all.slice(1) });
  });

  it('has nothing to split of nothing', () => {
    expect(splitByRoom([], 200)).toEqual({ older: [], recent: [] });
  });
});
