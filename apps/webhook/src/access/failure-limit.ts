import { type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import { ProblemException } from '@app/platform';

/**
 * Limits how many wrong secrets an address may try. Only failures come here, so an address that has used up its tries
 * still gets in with a right one: many people may share it.
 */
@Injectable()
export class FailureLimit extends ThrottlerGuard {
  protected override readonly logger = new Logger('Access');

  /** @throws ProblemException 429 */
  protected override throwThrottlingException(
    _context: ExecutionContext,
    { tracker, limit, totalHits, timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    // Once a span: whoever floods us does not flood the log.
    if (totalHits === limit + 1) {
      this.logger.warn('Too many wrong secrets from one address', { address: tracker });
    }
    throw new ProblemException(
      429,
      { detail: 'Too many wrong secrets from this address. A right one is still let in.' },
      timeToBlockExpire,
    );
  }
}
