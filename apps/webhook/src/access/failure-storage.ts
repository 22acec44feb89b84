import { FailedAttempts } from '@app/batching';
import type { ThrottlerStorage } from '@nestjs/throttler';

type Record = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Keeps the throttler's counts in Redis, so that all processes share them. Ours, because the published storage does
 * not support this version of Nest; it needs one script, on a client that answers in time when Redis does not.
 */
export class FailureStorage implements ThrottlerStorage {
  constructor(private readonly attempts: FailedAttempts) {}

  /** Without Redis nothing is counted: a wrong secret is refused all the same. */
  async increment(key: string, ttlMs: number, limit: number): Promise<Record> {
    const { count, endsInMs } = await this.attempts
      .count(key, ttlMs)
      .catch(() => ({ count: 0, endsInMs: ttlMs }));
    const endsInS = Math.ceil(endsInMs / 1000);
    return { totalHits: count, timeToExpire: endsInS, isBlocked: count > limit, timeToBlockExpire: endsInS };
  }
}
