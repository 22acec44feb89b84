import type { ReadinessPart } from '@app/platform';
import { showServers } from '../config/redis-address';
import { mastersOf } from '../redis/redis-client';
import type { BatchStore } from '../store/batch-store';
import type { ProcessRegistry } from './process-registry';

/**
 * Redis as a part of readiness, with the public part of its address. Of a cluster, some masters may be away: the
 * conversations of the others are still served, so taking this process out of a balancer would not help.
 */
export function redisPart(
  store: BatchStore,
  processRegistry: Pick<ProcessRegistry, 'silence'>,
): ReadinessPart {
  const address = showServers(store.settings.redis.address);
  const isCluster = store.settings.redis.address.kind === 'cluster';
  return {
    name: 'redis',
    inPublic: ({ degraded, masters }) => ({ degraded, masters }),
    check: () =>
      store.commands(async (redis) => {
        const masters = mastersOf(redis);
        const answers = await Promise.allSettled(masters.map((master) => master.ping()));
        const silent = answers.filter((answer) => answer.status === 'rejected');
        if (silent.length === answers.length) throw silent[0]?.reason ?? new Error('no server is known');
        // It answers and accepts nothing: a replica, a full server, or one that no longer allows it.
        const { silence } = processRegistry;
        if (silence !== null && !isCluster) throw new Error(`takes nothing from this process: ${silence}`);
        if (silent.length === 0) return { address };
        return {
          address,
          degraded: true,
          masters: `${answers.length - silent.length} of ${answers.length} answer`,
        };
      }),
  };
}
