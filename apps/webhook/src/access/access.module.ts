import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { BatchingModule, FailedAttempts, SETTINGS, type Settings } from '@app/batching';
import { FailureLimit } from './failure-limit';
import { FailureStorage } from './failure-storage';

const SPAN_MS = 60_000;

/** Who gets in, and how often somebody may try. */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      imports: [BatchingModule],
      inject: [SETTINGS, FailedAttempts],
      useFactory: ({ http }: Settings, attempts: FailedAttempts) => ({
        throttlers: [{ ttl: SPAN_MS, limit: http.wrongSecretsPerMinute }],
        storage: new FailureStorage(attempts),
        // By address alone: another route is not another try.
        generateKey: (_context, address) => address,
        setHeaders: false,
      }),
    }),
  ],
  providers: [FailureLimit],
  exports: [FailureLimit],
})
export class AccessModule {}
