import { FailureLimit } from './failure-limit';

const LIMIT = 3;

function limitAfter(count: () => Promise<{ count: number; endsInMs: number }>): FailureLimit {
  return new FailureLimit({ count }, LIMIT);
}

describe('counting wrong secrets', () => {
  it('refuses beyond the limit, until the span ends', async () => {
    const limit = limitAfter(() => Promise.resolve({ count: LIMIT + 1, endsInMs: 1_001 }));
    await expect(limit.count({ ip: '::1' })).rejects.toMatchObject({ status: 429, retryAfterS: 2 });
  });

  it('does not refuse at the limit', async () => {
    const limit = limitAfter(() => Promise.resolve({ count: LIMIT, endsInMs: 1_000 }));
    await expect(limit.count({ ip: '::1' })).resolves.toBeUndefined();
  });

  it('goes on without Redis, for the secret is wrong all the same', async () => {
    const limit = limitAfter(() => Promise.reject(new Error('gone')));
    await expect(limit.count({ ip: '::1' })).resolves.toBeUndefined();
  });
});
