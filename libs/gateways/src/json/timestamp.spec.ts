import { timestampMsOf } from './timestamp';

const MOMENT = 1763700001000;

describe('timestampMsOf', () => {
  it.each([
    ['seconds', 1763700001],
    ['seconds as text', '1763700001'],
    ['seconds with a fraction', 1763700001.0004],
    ['milliseconds', 1763700001000],
    ['milliseconds as text', '1763700001000'],
    ['microseconds', 1763700001000000],
    ['nanoseconds as text', '1763700001000000000'],
    ['ISO 8601', '2025-11-21T04:40:01.000Z'],
    ['RFC 3339 with an offset', '2025-11-21T07:40:01+03:00'],
    ['nine digits of a second', '2025-11-21T01:40:01.000000000-03:00'],
    ['an offset of whole hours', '2025-11-21 07:40:01.000+03'],
    ['an offset of whole hours behind', '2025-11-21T01:40:01-03'],
    ['a space for the T', '2025-11-21 04:40:01'],
    ['no zone, which is UTC', '2025-11-21T04:40:01'],
    ['a 64-bit number of protobuf', { low: 1763700001, high: 0, unsigned: true }],
    ['a 64-bit number of protobuf beyond 32 bits', { low: -1531557656, high: 410, unsigned: true }],
  ])('reads %s', (_, value) => {
    expect(timestampMsOf(value)).toBe(MOMENT);
  });

  it('keeps the milliseconds of a fraction', () => {
    expect(timestampMsOf(1710481111.853)).toBe(1710481111853);
  });

  it('reads a date alone as its midnight, UTC', () => {
    expect(timestampMsOf('2025-11-21')).toBe(Date.UTC(2025, 10, 21));
  });

  it.each([
    null,
    undefined,
    '',
    0,
    -1,
    NaN,
    Infinity,
    1e308,
    1e-9,
    'yesterday',
    '2025-13-45',
    '0001-01-01T00:00:00Z',
    {},
    [],
    true,
  ])('there is no moment in %p', (value) => {
    expect(timestampMsOf(value)).toBeNull();
  });
});
