import type { DynamicModule } from '@nestjs/common';
import { HealthModule, type HttpSettings, httpSettings } from '@app/platform';
import { BatchStore } from './store/batch-store';
import { BatchingModule } from './batching.module';
import { ProcessRegistry } from './processes/process-registry';
import { consumerPart, processesPart } from './processes/readiness';
import { redisPart } from './processes/redis-readiness';

/**
 * `/health` of an application that works on Redis and shares it with others.
 *
 * @param needsBatcher whether it is unready without a batcher, if `REQUIRE_BATCHER` says so.
 */
export function batchingHealth(needsBatcher = false): DynamicModule {
  return HealthModule.register({
    imports: [BatchingModule],
    inject: [BatchStore, ProcessRegistry],
    useFactory: (store: BatchStore, processRegistry: ProcessRegistry) => [
      redisPart(store, processRegistry),
      processesPart(processRegistry, needsBatcher && store.settings.readiness.requireBatcher),
      consumerPart(processRegistry),
    ],
    operators: { inject: [httpSettings.KEY], useFactory: ({ adminKeys }: HttpSettings) => adminKeys },
  });
}
