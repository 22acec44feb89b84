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
