import type { DynamicModule } from '@nestjs/common';
import { HealthModule } from '@app/platform';
import { BatchStore } from '../store/batch-store';
import { ProcessRegistry } from './process-registry';
import { consumerPart, processesPart } from './readiness';
import { redisPart } from './redis-readiness';

/**
 * `/health` of an application that works on Redis and shares it with others.
 *
 * @param needsBatcher whether it is unready without a batcher, if `REQUIRE_BATCHER` says so.
 */
export function batchingHealth(needsBatcher = false): DynamicModule {
  return HealthModule.register({
    inject: [BatchStore, ProcessRegistry],
    useFactory: (store: BatchStore, processRegistry: ProcessRegistry) => [
      redisPart(store, processRegistry),
      processesPart(processRegistry, needsBatcher && store.settings.readiness.requireBatcher),
      consumerPart(processRegistry),
    ],
  });
}
