import { generatedBursts } from '../../../test/support/generated-bursts';
import { logUniformBot } from './bot-time';
import type { Burst } from './burst';
import { type Candidate, candidatesFor } from './candidates';
import { play } from './play';
import { burstsOf, LONGEST_PAUSE_MS, type RecordedBatch } from './recorded';
import { score } from './score';
import { hold, type Waiting } from './waiting';

const BOT_MS = 3_000;

/** A batch of Anna's, answered 3 s after its last message unless something else is said. */
function batch(receivedAt: number[], fields: Partial<RecordedBatch> = {}): RecordedBatch {
  const flushedAt = receivedAt.at(-1) ?? 0;
  const answer = { at: flushedAt + BOT_MS, botMs: BOT_MS };
  return { conversation: 'Anna', receivedAt, flushedAt, answer, ...fields };
}

/** When the messages of each burst came. */
function times(...batches: RecordedBatch[]): (readonly number[])[] {
  return burstsOf(batches, BOT_MS).bursts.map(({ at }) => at);
}

describe('a burst in a history', () => {
  it('goes on in the next batch if that was begun before the answer', () => {
    expect(times(batch([0, 2_000]), batch([4_999]))).toEqual([[0, 2_000, 4_999]]);
  });

  it('ends with the answer', () => {
    expect(times(batch([0, 2_000]), batch([5_000]))).toEqual([[0, 2_000], [5_000]]);
  });

  it('ends with the answer to the batch before, which may come while the next one gathers', () => {
    expect(times(batch([0]), batch([2_000, 4_000]))).toEqual([[0, 2_000], [4_000]]);
  });

  it('ends with a long silence, whatever the bot did', () => {
    const far = LONGEST_PAUSE_MS + 1;
    const slow = { at: 100_000, botMs: 91_000 };
    expect(times(batch([0], { answer: slow }), batch([far - 1]))).toEqual([[0, far - 1]]);
    expect(times(batch([0], { answer: slow }), batch([far]))).toEqual([[0], [far]]);
  });

  it('ends half a bot’s answers after the hand-off if it is not known when it was answered', () => {
    const unknown = batch([0], { flushedAt: 1_000, answer: null });
    expect(times(unknown, batch([3_999]))).toEqual([[0, 3_999]]);
    expect(times(unknown, batch([4_000]))).toEqual([[0], [4_000]]);
    expect(burstsOf([unknown, batch([3_999])], BOT_MS).assumed).toBe(1);
  });

  it('is one customer’s', () => {
    expect(times(batch([0]), batch([1_000], { conversation: 'Boris' }))).toEqual([[0], [1_000]]);
  });

  it('never goes back in time, though Redis’s clock did', () => {
    expect(times(batch([5_000]), batch([4_000]))).toEqual([[5_000, 5_000]]);
  });

  it('is missing where all that a batch held was old', () => {
    expect(times(batch([]), batch([1_000]))).toEqual([[1_000]]);
  });
});

describe('a history of bursts that were played', () => {
  const bursts = generatedBursts(600);
  const bot = logUniformBot(1_000, 15_000);
  const present: Candidate = { kind: 'hold', waiting: hold(9_000) };

  /** What the history keeps of a burst, ten minutes after the one before. */
  function batchesOf(burst: Burst): RecordedBatch[] {
    const begun = burst.id * 600_000;
    let answered = 0;
    return play(burst, present.waiting, bot).answers.map(({ at, messages }) => {
      const receivedAt = burst.at.slice(answered, (answered += messages)).map((time) => begun + time);
      const answer = { at: begun + at, botMs: BOT_MS };
      return { conversation: burst.customer, receivedAt, flushedAt: begun, answer };
    });
  }

  const recorded = burstsOf(bursts.flatMap(batchesOf), 0);

  /** Share of bursts answered twice, in percent points above that of the present setting. */
  function aboveHold(of: readonly Burst[], { waiting }: Candidate): number {
    const twice = (setting: Waiting): number => score(of, (burst) => play(burst, setting, bot)).twice;
    return 100 * (twice(waiting) - twice(present.waiting));
  }

  it('shows as many answered twice as are when what it shows is played', () => {
    const { twice } = score(recorded.bursts, (burst) => play(burst, present.waiting, bot));
    expect(recorded.split / recorded.bursts.length).toBeCloseTo(twice, 3);
  });

  it('shows half of those that are answered twice, for an answer cuts them', () => {
    const { twice } = score(bursts, (burst) => play(burst, present.waiting, bot));
    expect(recorded.split / recorded.bursts.length / twice).toBeCloseTo(0.5, 1);
  });

  it('shows by how much a setting with no longer window differs from the present one, to a point and a half', () => {
    const others = candidatesFor(present, bot).filter(({ waiting }) => waiting.windowMs <= 9_000);
    const wrong = others.map((each) => aboveHold(recorded.bursts, each) - aboveHold(bursts, each));
    expect(others.length).toBeGreaterThan(10);
    expect(wrong.filter((points) => Math.abs(points) > 1.5)).toEqual([]);
  });
});
