import { defineSettings } from '@app/config';
import { addressOf } from './redis-address';
import { redisProblems } from './redis-servers.rules';
import { RedisVariables } from './redis.variables';

// Enough to spread evenly over a dozen masters, few enough that looking at all of them is one round trip to each.
const CLUSTER_PARTITIONS = 64;

export const redisSettings = defineSettings(
  'redis',
  RedisVariables,
  (env) => {
    const address = addressOf(env);
    return {
      address,
      keyPrefix: env.KEY_PREFIX,
      /** Number of partitions; 1 needs no hash tag. */
      partitions: env.PARTITIONS ?? (address.kind === 'cluster' ? CLUSTER_PARTITIONS : 1),
      /** Replicas that must have a message before its sender hears that it is stored. */
      minReplicas: env.REDIS_MIN_REPLICAS,
      /** How long a process that starts waits for its Redis. */
      bootWaitMs: env.REDIS_BOOT_WAIT * 1000,
      /** How long a connection or a command may take; then the server counts as gone. */
      commandTimeoutMs: env.REDIS_COMMAND_TIMEOUT,
      /** The other environment whose Redis this process may use all the same. */
      allowEnvironment: env.REDIS_ALLOW_ENVIRONMENT ?? null,
    };
  },
  [redisProblems],
);
