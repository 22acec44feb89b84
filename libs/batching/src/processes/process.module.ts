import { Global, Module } from '@nestjs/common';
import { FAILURE_COUNTER, MetricsModule } from '@app/platform';
import { RedisConnections } from '../redis/redis-connections';
import { REDIS } from '../redis/redis.tokens';
import { BatchStore } from '../store/batch-store';
import { batchStoreProvider } from '../store/batch-store.provider';
import { SetAside } from '../store/set-aside';
import { failedAttemptsProvider } from './failed-attempts.provider';
import { ProcessRegistry } from './process-registry';
import { ProcessRegistryMetrics } from './process-registry.metrics';
import { redisProvider } from './redis.provider';

/** What all of a process stands on: its Redis, what is stored there, and who else is alive on it. */
@Global()
@Module({
  imports: [MetricsModule],
  providers: [
    RedisConnections,
    redisProvider,
    batchStoreProvider,
    SetAside,
    ProcessRegistry,
    ProcessRegistryMetrics,
    failedAttemptsProvider,
  ],
  exports: [RedisConnections, REDIS, BatchStore, SetAside, ProcessRegistry, FAILURE_COUNTER],
})
export class ProcessModule {}
