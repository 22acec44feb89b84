import { retryAfterMs } from './retry-after';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['2', 2_000],
    ['0', 0],
    [' 30 ', 30_000],
    ['86400', 600_000],
    ['Sat, 21 Nov 2026 12:00:05 GMT', 5_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['Sun, 22 Nov 2026 12:00:00 GMT', 600_000],
  ])('“%s” asks for %i ms', (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));

  it.each([undefined, '', 'soon', '-5', '1.5', '2 seconds', 'Sat, sometime'])(
    '“%s” asks for nothing',
    (header) => expect(retryAfterMs(header, NOW)).toBeNull(),
  );

  it('counts once where it is sent twice', () => expect(retryAfterMs(['1', '9'], NOW)).toBe(1_000));
});
