import { logUniformBot, measuredBot, quantileOf } from './bot-time';

const CALLS = Array.from({ length: 2_000 }, (_, call) => call);

describe('a bot between two times', () => {
  const bot = logUniformBot(1_000, 16_000);

  it('takes whole milliseconds between them, and the same for the same call', () => {
    const times = CALLS.map((call) => bot(7, call));
    expect(times.filter((ms) => !Number.isInteger(ms) || ms < 1_000 || ms > 16_000)).toEqual([]);
    expect(CALLS.map((call) => bot(7, call))).toEqual(times);
    expect(new Set(times).size).toBeGreaterThan(1_500);
  });

  it('doubles as often from 1 to 2 s as from 8 to 16 s', () => {
    expect(quantileOf(bot, 0.25) / 2_000).toBeCloseTo(1, 1);
    expect(quantileOf(bot, 0.75) / 8_000).toBeCloseTo(1, 1);
  });
});

describe('a bot that was measured', () => {
  it('takes its times, each as often as it did', () => {
    const bot = measuredBot([900, 100, 100, 100]);
    const slow = CALLS.filter((call) => bot(1, call) === 900).length / CALLS.length;
    expect(new Set(CALLS.map((call) => bot(1, call)))).toEqual(new Set([100, 900]));
    expect(slow).toBeCloseTo(0.25, 1);
  });
});
