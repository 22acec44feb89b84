import type { FailedAttempts } from '@app/batching';
import { FailureStorage } from './failure-storage';

function storageThat(count: FailedAttempts['count']): FailureStorage {
  return new FailureStorage({ count } as FailedAttempts);
}

describe('counting wrong secrets', () => {
  it('blocks beyond the limit, until the span ends', async () => {
    const storage = storageThat(() => Promise.resolve({ count: 4, endsInMs: 1_001 }));
    expect(await storage.increment('::1', 60_000, 3)).toEqual({
      totalHits: 4,
      timeToExpire: 2,
      isBlocked: true,
      timeToBlockExpire: 2,
    });
  });

  it('does not block at the limit', async () => {
    const storage = storageThat(() => Promise.resolve({ count: 3, endsInMs: 1_000 }));
    expect(await storage.increment('::1', 60_000, 3)).toMatchObject({ isBlocked: false });
  });

  it('goes on without Redis, for the secret is wrong all the same', async () => {
    const storage = storageThat(() => Promise.reject(new Error('gone')));
    expect(await storage.increment('::1', 60_000, 3)).toMatchObject({ isBlocked: false });
  });
});
