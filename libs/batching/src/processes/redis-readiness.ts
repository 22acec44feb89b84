import type { ReadinessPart } from '@app/platform';
import type { BatchStore } from '../store/batch-store';
import { showServers } from '../config/redis-address';
import type { ProcessRegistry } from './process-registry';
import { mastersOf } from '../redis/redis-client';

/**
 * Redis as a part of readiness, named by what of its address may be shown. Of a cluster, some masters may be away: then
 * the conversations of the others are served, and taking this process out of a balancer would help nobody.
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
      store.read(async (redis) => {
        const masters = mastersOf(redis);
        const answers = await Promise.allSettled(masters.map((master) => master.ping()));
        const silent = answers.filter((answer) => answer.status === 'rejected');
        if (silent.length === answers.length) throw silent[0]?.reason ?? new Error('no server is known');
        // It answers, and takes nothing: a replica, a full one, one that does not allow it any more.
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
