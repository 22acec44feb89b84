import type { ReadinessPart } from '@app/platform';
import type { BatchStore } from '../batch-store';
import { addressOf } from './ready';

/** Redis as a part of readiness: named by host and port, never by its URL. */
export function redisPart(store: BatchStore): ReadinessPart {
  const address = addressOf(store.redis);
  return {
    name: 'redis',
    check: async () => {
      await store.read((redis) => redis.ping());
      return { address };
    },
  };
}
