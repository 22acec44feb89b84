import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import { FailureLimit } from '../access/failure-limit';
import { SecretGuard } from '../access/secret.guard';
import type { HttpSettings } from '../http/http.settings';

/** Admits scrapers by `METRICS_TOKEN`; without one every caller may scrape. */
@Injectable()
export class ScrapeGuard extends SecretGuard {
  constructor(@Inject(SETTINGS) { http }: { http: HttpSettings }, failures: FailureLimit) {
    super(http.metricsTokens, 'METRICS_TOKEN', failures);
  }
}
