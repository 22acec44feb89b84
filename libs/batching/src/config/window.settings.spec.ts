import { testSettings } from '../testing/settings';

function quietMs(byType: string): Record<string, number> {
  return Object.fromEntries(testSettings({ BATCH_TIMEOUT_BY_TYPE: byType }).window.quietMsByType);
}

describe('the silence after a voice note', () => {
  it.each([
    ['audio:15000', { audio: 15000, voice: 15000, ptt: 15000 }],
    ['ptt:12000', { ptt: 12000, voice: 12000 }],
    ['audio:15000,voice:12000', { audio: 15000, voice: 12000, ptt: 12000 }],
    ['image:12000', { image: 12000 }],
  ])('of %s', (byType, expected) => {
    expect(quietMs(byType)).toEqual(expected);
  });
});

describe('the window by habit', () => {
  const DYNAMIC = { ENDPOINTING: 'dynamic', BATCH_TIMEOUT: '9000', BATCH_MAX_WAIT: '20000' };
  const endpointing = (variables: Record<string, string> = {}): unknown =>
    testSettings({ ...DYNAMIC, ...variables }).window.endpointing;

  it('is off unless it is asked for', () => {
    const variables = { ENDPOINTING: 'fixed', BATCH_TIMEOUT_MIN: '4000', BATCH_TIMEOUT_MAX: '15000' };
    expect(endpointing(variables)).toBe(false);
    expect(testSettings().window.endpointing).toBe(false);
  });

  it('is between two bounds, each the usual window where it is not set', () => {
    expect(endpointing({ BATCH_TIMEOUT_MIN: '4000', BATCH_TIMEOUT_MAX: '15000' })).toEqual({
      minMs: 4_000,
      maxMs: 15_000,
    });
    expect(endpointing({ BATCH_TIMEOUT_MIN: '' })).toEqual({ minMs: 9_000, maxMs: 9_000 });
  });

  it.each([
    [{ BATCH_TIMEOUT_MIN: '9001' }, 'BATCH_TIMEOUT_MIN must not be longer than BATCH_TIMEOUT'],
    [{ BATCH_TIMEOUT_MAX: '8999' }, 'BATCH_TIMEOUT_MAX must not be shorter than BATCH_TIMEOUT'],
    [{ BATCH_TIMEOUT_MAX: '20001' }, 'BATCH_MAX_WAIT must not be shorter than'],
    [{ BATCH_TIMEOUT_MIN: '4 s' }, 'BATCH_TIMEOUT_MIN must be a whole number of milliseconds'],
    [{ ENDPOINTING: 'automatic' }, 'ENDPOINTING must be one of fixed, dynamic'],
  ])('%j stops the boot', (variables, problem) => {
    expect(() => endpointing(variables)).toThrow(problem);
  });

  it('must be forgotten later than the longest of them ends', () => {
    expect(() => endpointing({ BATCH_TIMEOUT_MAX: '15000', BATCH_TTL: '44' })).toThrow('BATCH_TTL');
  });
});
