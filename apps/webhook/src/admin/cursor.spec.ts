import { ProblemException } from '@app/platform';
import { decodeCursor, encodeCursor } from './cursor';

describe('a cursor', () => {
  it.each(['79001234567 962302', 'wa-lid:1 ', '1721737327000 b-1'])('comes back as it went: %s', (place) => {
    expect(decodeCursor(encodeCursor(place) ?? '', /^\S+ \S*$/)).toBe(place);
  });

  it('is null where there is none', () => {
    expect(encodeCursor(null)).toBeNull();
    expect(decodeCursor(undefined, /./)).toBeNull();
  });

  it.each(['', 'nonsense', '%00'])('is refused where no answer of ours holds it: %j', (text) => {
    expect(() => decodeCursor(text, /^\S+ \S*$/)).toThrow(ProblemException);
  });
});
