import { readTimestamp } from './timestamp';

const MS = 1_721_737_327_000;

describe('a timestamp', () => {
  it.each([
    ['ms', MS],
    ['seconds', MS / 1000],
    ['ms as text', String(MS)],
    ['seconds as text', String(MS / 1000)],
    ['seconds as text with spaces', ` ${MS / 1000} `],
    ['ISO 8601 in UTC', '2024-07-23T12:22:07Z'],
    ['ISO 8601 with milliseconds', '2024-07-23T12:22:07.000Z'],
    ['ISO 8601 with an offset', '2024-07-23T15:22:07+03:00'],
  ])('is read from %s', (_, value) => {
    expect(readTimestamp(value)).toBe(MS);
  });

  it('is whole milliseconds', () => {
    expect(readTimestamp(1_721_737_327.5678)).toBe(MS + 567);
    expect(readTimestamp(MS + 0.9)).toBe(MS);
  });

  it.each([
    [0],
    [-1],
    [NaN],
    [Infinity],
    [8.64e15 + 1],
    ['1e300'],
    [''],
    [' '],
    ['yesterday'],
    ['2024-13-45'],
    ['23.07.2024'],
    [null],
    [undefined],
    [true],
    [{}],
    [[MS]],
    [new Date(MS)],
  ])('is not read from %p', (value) => {
    expect(readTimestamp(value)).toBeNull();
  });
});
