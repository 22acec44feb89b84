import { Module } from '@nestjs/common';
import { FailureLimit } from './failure-limit';
import { failureLimitProvider } from './failure-limit.provider';

/** The limit of wrong secrets, for every guard of an application that has a `FAILURE_COUNTER`. */
@Module({
  providers: [failureLimitProvider],
  exports: [FailureLimit],
})
export class FailureLimitModule {}
