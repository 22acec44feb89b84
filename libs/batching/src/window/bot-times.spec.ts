import { BotTimes } from './bot-times';

/** A bot that has taken these times. */
function timesOf(...all: number[]): BotTimes {
  const times = new BotTimes();
  for (const ms of all) times.add(ms);
  return times;
}

const upTo = (most: number): number[] => Array.from({ length: most }, (_, i) => i + 1);

describe('the time that the bot usually takes', () => {
  it('is not known before 20 calls are', () => {
    expect(timesOf(...upTo(19)).usualMs).toBeNull();
    expect(timesOf(...upTo(20)).usualMs).toBe(15);
  });

  it('is that within which three of four calls are answered, in whatever order they came', () => {
    expect(timesOf(...upTo(100)).usualMs).toBe(75);
    expect(timesOf(...upTo(100).reverse()).usualMs).toBe(75);
  });

  it('is not moved by the slowest calls', () => {
    expect(timesOf(...Array<number>(16).fill(2_000), ...Array<number>(4).fill(120_000)).usualMs).toBe(2_000);
  });

  it('is whole', () => {
    expect(timesOf(...Array<number>(20).fill(1_234.5678)).usualMs).toBe(1_235);
  });

  it('is that of the latest 100 calls', () => {
    expect(timesOf(...Array<number>(100).fill(9_000), ...Array<number>(74).fill(1_000)).usualMs).toBe(9_000);
    expect(timesOf(...Array<number>(100).fill(9_000), ...Array<number>(75).fill(1_000)).usualMs).toBe(1_000);
  });
});
