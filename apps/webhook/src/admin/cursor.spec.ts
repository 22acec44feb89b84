import { ProblemException } from '@app/platform';
import { decodeCursor, encodeCursor } from './cursor';

const any = (): boolean => true;
const none = (): boolean => false;

describe('a cursor', () => {
  it.each(['79001234567 962302', 'wa-lid:1 ', '1721737327000 b-1'])('comes back as it went: %s', (place) => {
    expect(decodeCursor(encodeCursor(place) ?? '', any)).toBe(place);
  });

  it('is null where there is none', () => {
    expect(encodeCursor(null)).toBeNull();
    expect(decodeCursor(undefined, none)).toBeNull();
  });

  it('is refused where it stands for no place', () => {
    expect(() => decodeCursor(encodeCursor('nowhere') ?? '', none)).toThrow(ProblemException);
  });

  it.each(['%00', 'eA==', 'e A', '_w', 'eA\u0000'])('is refused where it was never encoded: %j', (text) => {
    expect(() => decodeCursor(text, any)).toThrow(ProblemException);
  });
});
