import { play, type Played } from './play';
import { earlyStart, hold, supersede, type Waiting } from './waiting';

/** What becomes of messages that come at these times, with a bot of 3 s. */
function played(at: number[], waiting: Waiting, botMs = 3_000): Played {
  return play({ id: 0, customer: 'Anna', at }, waiting, () => botMs);
}

/** When each reply goes, and how many messages it answers. */
function answers(at: number[], waiting: Waiting, botMs?: number): [at: number, messages: number][] {
  return played(at, waiting, botMs).answers.map((answer) => [answer.at, answer.messages]);
}

describe('holding', () => {
  const waiting = hold(9_000);

  it('calls the bot when the window is over', () => {
    expect(answers([0], waiting)).toEqual([[12_000, 1]]);
  });

  it('begins the window anew with each message, up to its last millisecond', () => {
    expect(answers([0, 9_000], waiting)).toEqual([[21_000, 2]]);
    expect(answers([0, 9_001], waiting)).toHaveLength(2);
  });

  it('answers what comes while the bot thinks in the next batch, which is called for when both are over', () => {
    expect(answers([0, 10_000], waiting)).toEqual([
      [12_000, 1],
      [22_000, 1],
    ]);
    expect(answers([0, 9_500], waiting, 20_000)).toEqual([
      [29_000, 1],
      [49_000, 1],
    ]);
  });

  it('waits no longer than the longest wait', () => {
    expect(answers([0, 8_000, 16_000, 24_000], hold(9_000, { maxWaitMs: 20_000 }))).toEqual([
      [23_000, 3],
      [36_000, 1],
    ]);
  });

  it('calls at once when a batch is full, and leaves the rest to the next', () => {
    expect(answers([0, 100, 200], hold(9_000, { maxSize: 2 }))).toEqual([
      [3_100, 2],
      [12_200, 1],
    ]);
  });
});

describe('superseding', () => {
  it('makes one call of what came before the reply', () => {
    expect(played([0, 12_000], supersede(9_000))).toEqual({
      answers: [{ at: 24_000, messages: 2 }],
      calls: 2,
    });
    expect(answers([0, 12_001], supersede(9_000))).toHaveLength(2);
  });

  it('does so only so many times with one batch', () => {
    const every10s = [0, 10_000, 20_000, 30_000];
    expect(answers(every10s, supersede(9_000, { maxSupersedes: 2 }))).toEqual([
      [32_000, 3],
      [42_000, 1],
    ]);
    expect(answers(every10s, supersede(9_000, { maxSupersedes: 3 }))).toEqual([[42_000, 4]]);
  });

  it('does not do so behind the longest wait', () => {
    expect(answers([0, 10_000], supersede(9_000, { maxWaitMs: 10_000 }))).toHaveLength(2);
    expect(answers([0, 10_000], supersede(9_000, { maxWaitMs: 10_001 }))).toHaveLength(1);
  });
});

describe('an early start', () => {
  const waiting = earlyStart(1_500, 9_000);

  it('answers at the end of the window if the bot was quicker', () => {
    expect(answers([0], waiting)).toEqual([[9_000, 1]]);
  });

  it('answers with the bot if that was slower', () => {
    expect(answers([0], waiting, 10_000)).toEqual([[11_500, 1]]);
  });

  it('supersedes the call where more comes while the answer is kept back', () => {
    expect(played([0, 8_000], waiting)).toEqual({ answers: [{ at: 17_000, messages: 2 }], calls: 2 });
  });

  it('waits for the window once it may not be superseded', () => {
    expect(answers([0, 5_000], earlyStart(1_500, 9_000, { maxSupersedes: 1 }))).toEqual([[17_000, 2]]);
  });
});
