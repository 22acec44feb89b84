import { Inject, Injectable } from '@nestjs/common';
import { FailureLimit } from '../access/failure-limit';
import { SecretGuard } from '../access/secret.guard';

/** Injection token of the tokens that a scraper may present; without tokens every caller may scrape. */
export const METRICS_TOKENS = Symbol('METRICS_TOKENS');

/** Admits scrapers by `METRICS_TOKEN`. */
@Injectable()
export class ScrapeGuard extends SecretGuard {
  constructor(@Inject(METRICS_TOKENS) tokens: readonly string[], failures: FailureLimit) {
    super(tokens, 'METRICS_TOKEN', failures);
  }
}
