import type { DynamicModule } from '@nestjs/common';
import { HealthModule } from '@app/platform';
import { BatchStore } from './store/batch-store';
import { BatchingModule } from './batching.module';
import { MeetingPoint } from './processes/process-registry';
import { SETTINGS, type Settings } from './config/settings';
import { consumerPart, processesPart } from './processes/readiness';
import { redisPart } from './processes/redis-readiness';

/**
 * `/health` of an application that works on Redis and meets others there.
 *
 * @param needsBatcher whether it is unready without a batcher, where `REQUIRE_BATCHER` says so.
 */
export function batchingHealth(needsBatcher = false): DynamicModule {
  return HealthModule.register({
    imports: [BatchingModule],
    inject: [BatchStore, MeetingPoint],
    useFactory: (store: BatchStore, meetingPoint: MeetingPoint) => [
      redisPart(store, meetingPoint),
      processesPart(meetingPoint, needsBatcher && store.settings.requireBatcher),
      consumerPart(meetingPoint),
    ],
    operators: { inject: [SETTINGS], useFactory: ({ http }: Settings) => http.adminKeys },
  });
}
