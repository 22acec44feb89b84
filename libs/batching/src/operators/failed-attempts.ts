import { createHash } from 'node:crypto';
import type { BatchStore } from '../store/batch-store';
import { attempt, type AttemptReply } from '../store/scripts/attempt';

/** How often somebody has presented a wrong secret lately, whichever process they presented it to. */
export class FailedAttempts {
  constructor(private readonly store: BatchStore) {}

  /**
   * Counts one failed attempt.
   *
   * @param who an address; Redis sees its digest only.
   * @throws StoreUnavailableError where Redis cannot serve now.
   */
  count(who: string, spanMs: number): Promise<AttemptReply> {
    const { runner, partitions } = this.store;
    const digest = createHash('sha256').update(who).digest('base64url').slice(0, 22);
    return runner.run(attempt, { attempts: partitions.home.attempts(digest) }, { spanMs });
  }
}
