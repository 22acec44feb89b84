import { createHash } from 'node:crypto';
import type { FailureCounter } from '@app/platform';
import type { BatchStore } from '../store/batch-store';
import { attempt, type AttemptReply } from '../store/scripts/attempt';

/** Counts the recent wrong secrets of an address, over all processes. */
export class FailedAttempts implements FailureCounter {
  constructor(private readonly store: BatchStore) {}

  /**
   * Counts one failed attempt.
   *
   * @param who an address; Redis sees only its digest.
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  count(who: string, spanMs: number): Promise<AttemptReply> {
    const { runner, partitions } = this.store;
    const digest = createHash('sha256').update(who).digest('base64url').slice(0, 22);
    return runner.run(attempt, { attempts: partitions.home.attempts(digest) }, { spanMs });
  }
}
