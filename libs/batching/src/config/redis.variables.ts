import { IsOptional } from 'class-validator';
import { type EnvironmentName, ENVIRONMENTS, Flag, List, OptionalText, Text, Whole } from '@app/config';
import { showRedisServer, showRedisUrl } from './redis-place';

/** Where our Redis is, and what is expected of it. */
export class RedisVariables {
  @OptionalText(
    'One server. Required, except by `npm start`, or one of the next two in its place; the port must be one that the environment expects.',
    { example: 'redis://localhost:6379', expected: 'a redis:// or rediss:// URL', shown: showRedisUrl },
  )
  REDIS_URL?: string;

  @List(
    'A Redis Cluster, by some of its servers, see [deploying](deploying.md#redis-cluster-and-sentinel).',
    { shape: /^\S+$/, expected: 'servers as host:port or as redis:// URLs', shown: showRedisServer },
  )
  REDIS_CLUSTER_NODES: readonly string[] = [];

  @List("Sentinels that know a master; user and password of a URL are the Sentinel's own.", {
    shape: /^\S+$/,
    expected: 'Sentinels as host:port or as redis:// URLs',
    shown: showRedisServer,
  })
  REDIS_SENTINELS: readonly string[] = [];

  @OptionalText('The name under which they know the master. Required with `REDIS_SENTINELS`.', {
    shape: /^[\w.-]+$/,
    expected: 'letters, digits, dots, dashes and underscores',
    shown: 'whole',
  })
  REDIS_SENTINEL_NAME?: string;

  @OptionalText('The user of the servers of a cluster, or behind Sentinels.')
  REDIS_USERNAME?: string;

  @OptionalText('The password of these servers; not with `REDIS_URL`, which holds its own.')
  REDIS_PASSWORD?: string;

  @List(
    'Ports that `REDIS_URL` and `REDIS_CLUSTER_NODES` may name in place of the expected ones; a Redis of your own on 6379 in development needs `6379` here.',
    {
      shape: /^([1-9]\d{0,4})$/,
      expected: 'port numbers',
      otherwise:
        '`6379` in production and staging, `6380`, the tunnel, in development, any in test; `26379` for Sentinels',
      example: '6379',
      shown: 'whole',
    },
  )
  REDIS_ALLOWED_PORTS: readonly string[] = [];

  @Flag('With `true`, a Redis on another machine needs neither password nor TLS in production.')
  REDIS_ALLOW_PLAINTEXT = false;

  @OptionalText('Another environment in whose Redis this process may work.', {
    shape: new RegExp(`^(${ENVIRONMENTS.join('|')})$`),
    expected: `one of ${ENVIRONMENTS.join(', ')}`,
    shown: 'whole',
  })
  REDIS_ALLOW_ENVIRONMENT?: EnvironmentName;

  @Whole('How long a process that starts waits for its Redis; then it ends with exit code 69.', {
    unit: 'seconds',
    min: 1,
    max: 3_600,
  })
  REDIS_BOOT_WAIT = 30;

  // Never less than the wait for replicas, nor more than a heartbeat lasts.
  @Whole(
    'How long a connection or a command may take before the server counts as gone. A sender then hears 503, within 2 s only if this is not raised.',
    { unit: 'milliseconds', min: 1_000, max: 8_000 },
  )
  REDIS_COMMAND_TIMEOUT = 1_500;

  @IsOptional()
  @Whole(
    'Number of partitions that conversations are divided into; recorded in Redis, where another number is refused with exit code 78.',
    { unit: 'partitions', min: 1, max: 1_024, otherwise: '64 in a cluster, else 1' },
  )
  PARTITIONS?: number;

  @Whole(
    'Replicas that must have a message before its sender is answered 200, see [guarantees](guarantees.md#replicas).',
    { unit: 'replicas', min: 0, max: 10, sharedBy: 'all' },
  )
  REDIS_MIN_REPLICAS = 0;

  @Text('Stands in front of every key.', {
    shape: /^[^{}\s]*$/,
    expected: 'free of spaces and braces',
    shown: 'whole',
    sharedBy: 'all',
  })
  KEY_PREFIX = '';
}
