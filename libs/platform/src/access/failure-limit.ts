import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import { ProblemException } from '../http/problem';

/** Injection token of the counter of failures. */
export const FAILURE_COUNTER = Symbol('FAILURE_COUNTER');

/** Counts, in a place that all processes share, how often a caller has failed within a span. */
export interface FailureCounter {
  /** @param who an address. */
  count(who: string, spanMs: number): Promise<{ count: number; endsInMs: number }>;
}

const SPAN_MS = 60_000;

/**
 * Limits how many wrong secrets an address may try, for every secret and on all processes together. Only failures
 * are counted, so an address that has used up its tries still gets in with a right secret: many people may share it.
 */
export class FailureLimit {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly failures: FailureCounter,
    private readonly perMinute: number,
  ) {}

  /**
   * Counts a wrong secret. Without its counter nothing is counted; the secret is still refused.
   *
   * @throws ProblemException 429 if the address has tried too many.
   */
  async count({ ip: address = '' }: Pick<Request, 'ip'>): Promise<void> {
    const { count, endsInMs } = await this.failures
      .count(address, SPAN_MS)
      .catch(() => ({ count: 0, endsInMs: 0 }));
    if (count <= this.perMinute) return;
    // Once a span, so that a flood of requests does not flood the log.
    if (count === this.perMinute + 1)
      this.logger.warn(
        'Too many wrong secrets from one address; correct the secret of that sender, or name the proxy in TRUST_PROXY',
        { address },
      );
    throw new ProblemException(
      429,
      { detail: 'Too many wrong secrets from this address. A right one is still let in.' },
      Math.ceil(endsInMs / 1000),
    );
  }
}
