import type { Queue } from 'bullmq';
import type { BatchStore } from '@app/batching';
import type { Settings } from '@app/settings';
import { ReplyPace } from './reply-pace';

const REPLIES = { readsMarkdown: true, byBlock: true, pace: 10 };

function paceOf(waiting: number): ReplyPace {
  const redis = { llen: (key: string) => Promise.resolve(key === 'wait' ? waiting : 0) };
  const store = { commands: (run: (client: typeof redis) => unknown) => run(redis) };
  const queue = { toKey: (part: string) => part };
  return new ReplyPace(store as unknown as BatchStore, queue as unknown as Queue, {
    of: () => ({ replies: REPLIES }) as unknown as Settings,
  });
}

describe('the pace of an answer', () => {
  it('lets its next message wait as long as it takes to write', async () => {
    expect(await paceOf(0).pauseBeforeMs(null, ['one', 'a'.repeat(20)], 1)).toBe(2_000);
  });

  it('lets none wait while other jobs do, for it would wait for them all', async () => {
    expect(await paceOf(1).pauseBeforeMs(null, ['one', 'a'.repeat(20)], 1)).toBe(0);
  });
});
