import type { DynamicModule } from '@nestjs/common';
import { HealthModule } from '@app/platform';
import { BatchStore } from './batch-store';
import { BatchingModule } from './batching.module';
import { MeetingPoint } from './meeting-point/meeting-point';
import { SETTINGS, type Settings } from './config/settings';
import { consumerPart, processesPart } from './meeting-point/readiness';
import { redisPart } from './redis/readiness';

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
