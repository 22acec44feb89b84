import type { BatchingSettings } from '../config/batching.settings';
import type { ServerFacts } from './server-facts';

/** The requirements that a server fails, and the recommendations. Texts for operators. */
export interface Verdict {
  /** Each a reason not to start. */
  refusals: string[];
  warnings: string[];
}

type Wanted = Pick<BatchingSettings, 'environment' | 'redis'>;

interface Requirement {
  isBroken: (facts: ServerFacts, wanted: Wanted) => boolean;
  says: (facts: ServerFacts, wanted: Wanted) => string;
}

const OLDEST: readonly [number, number] = [6, 2];
const CLOCK_WARN_MS = 10_000;
// Deadlines come from Redis alone, so a small clock error does little harm; a clock that is a day off was never set.
const CLOCK_REFUSE_MS = 24 * 3_600_000;

const REQUIREMENTS: readonly Requirement[] = [
  {
    isBroken: ({ version }) => isOlder(version),
    says: ({ version }) => `it is version ${version}: Redis 6.2 or newer, or Valkey, is needed`,
  },
  {
    isBroken: ({ evictionPolicy }) => evictionPolicy !== null && evictionPolicy !== 'noeviction',
    says: ({ evictionPolicy }) =>
      `its maxmemory-policy is ${evictionPolicy ?? ''}: when its memory is full it would delete messages; set ` +
      '`maxmemory-policy noeviction`',
  },
  {
    isBroken: ({ isReplica }) => isReplica,
    says: () => 'it is a replica and takes no writes: point REDIS_URL to its master',
  },
  {
    isBroken: ({ isClusterNode }, { redis }) => isClusterNode && redis.address.kind !== 'cluster',
    says: () =>
      'it is one node of a cluster and holds one part of the keys: name the cluster with REDIS_CLUSTER_NODES instead',
  },
  {
    isBroken: ({ isClusterNode }, { redis }) => !isClusterNode && redis.address.kind === 'cluster',
    says: () => 'it is a single server, no node of a cluster: name it with REDIS_URL instead',
  },
  {
    isBroken: ({ clockAheadMs }) => Math.abs(clockAheadMs) > CLOCK_REFUSE_MS,
    says: (facts) => `${clockText(facts)}: set both clocks by NTP, and start again`,
  },
];

const WISHES: readonly Requirement[] = [
  {
    isBroken: ({ evictionPolicy }) => evictionPolicy === null,
    says: () =>
      'it does not tell its maxmemory-policy: see that it is noeviction, or messages may be deleted',
  },
  {
    isBroken: ({ clockAheadMs }) =>
      Math.abs(clockAheadMs) > CLOCK_WARN_MS && Math.abs(clockAheadMs) <= CLOCK_REFUSE_MS,
    says: (facts) => `${clockText(facts)}; deadlines go by Redis's, times in logs by ours`,
  },
  {
    isBroken: ({ replicas }, { redis }) => replicas < redis.minReplicas,
    says: ({ replicas }, { redis }) =>
      `it has ${replicas} of the ${redis.minReplicas} replicas that REDIS_MIN_REPLICAS waits for: until they come, ` +
      'every message is answered 503',
  },
];

const PERSISTENCE: Requirement = {
  isBroken: ({ hasAppendOnlyFile }) => !hasAppendOnlyFile,
  says: ({ snapshots }) => {
    if (snapshots === '') {
      return (
        'it keeps nothing on disk: a restart loses every message that waits for its batch and every job on the ' +
        'queue; set `appendonly yes`'
      );
    }
    return (
      'it has no append-only file: a crash loses the messages accepted since the last snapshot, which their ' +
      'senders believe delivered; set `appendonly yes`'
    );
  },
};

/** Compares a server's facts with our requirements. */
export function judgeServer(facts: ServerFacts, wanted: Wanted): Verdict {
  const wishes = wanted.environment === 'production' ? [...WISHES, PERSISTENCE] : WISHES;
  const broken = (list: readonly Requirement[]): string[] =>
    list.filter(({ isBroken }) => isBroken(facts, wanted)).map(({ says }) => says(facts, wanted));
  return { refusals: broken(REQUIREMENTS), warnings: broken(wishes) };
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

function clockText({ clockAheadMs }: ServerFacts): string {
  const seconds = Math.round(Math.abs(clockAheadMs) / 1000);
  return `its clock is ${seconds} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} ours`;
}
