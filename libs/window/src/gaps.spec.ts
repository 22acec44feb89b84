import { gapsOf } from './gaps';
import type { RecordedBatch } from './recorded';

function batch(conversation: string, ...receivedAt: number[]): RecordedBatch {
  const flushedAt = (receivedAt.at(-1) ?? 0) + 9_000;
  return { conversation, receivedAt, flushedAt, answer: { at: flushedAt + 1_000, botMs: 1_000 } };
}

describe('the pauses within bursts', () => {
  it('are counted by whole seconds', () => {
    const counts = gapsOf([batch('a', 0, 400, 2_400, 4_300), batch('b', 100, 30_100)], 1_000);
    expect(counts.length).toBe(30);
    expect([counts[0], counts[1], counts[2], counts[29]]).toEqual([1, 1, 1, 1]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it('end with the answer: what is written behind it is a new matter', () => {
    expect(gapsOf([batch('a', 0), batch('a', 12_000)], 1_000).every((count) => count === 0)).toBe(true);
  });
});
