import type { Known, Problem } from '@app/config';
import { loginOf, type RedisVariable, WAYS_TO_A_REDIS } from './redis-address';
import { asUrl, readRedisUrl } from './redis-place';
import { brokenRule, redisUrlProblems, type RuledEnvironment } from './redis-url.rules';

const SENTINEL_PORT = 26379;

/** What is wrong with how the Redis is named: one of three ways, each server of it by the rules of its environment. */
export function redisProblems(env: RuledEnvironment, known: Known): Problem[] {
  // A Redis that the program brings is where it is; and without known ports there is no saying which is right.
  if (known.isDecided('REDIS_URL') || known.isMalformed('REDIS_ALLOWED_PORTS')) return [];
  const [way, ...others] = waysOf(env);
  const beside = others.map((variable): Problem => ({
    variable,
    problem: `stands beside ${String(way)}: name the Redis by one of REDIS_URL, REDIS_CLUSTER_NODES and REDIS_SENTINELS`,
  }));
  return [...beside, ...strayProblems(env, way), ...problemsOf(env, way)];
}

function waysOf(env: RuledEnvironment): RedisVariable[] {
  const isSet: Record<RedisVariable, boolean> = {
    REDIS_URL: env.REDIS_URL !== undefined,
    REDIS_CLUSTER_NODES: env.REDIS_CLUSTER_NODES.length > 0,
    REDIS_SENTINELS: env.REDIS_SENTINELS.length > 0,
  };
  return WAYS_TO_A_REDIS.filter((variable) => isSet[variable]);
}

/** Variables that nobody would read, which whoever set them does not know. */
function strayProblems(env: RuledEnvironment, way: RedisVariable | undefined): Problem[] {
  const problems: Problem[] = [];
  if (way === 'REDIS_URL') {
    for (const variable of ['REDIS_USERNAME', 'REDIS_PASSWORD'] as const) {
      if (env[variable] === undefined) continue;
      problems.push({
        variable,
        problem: 'is not used with REDIS_URL: write it as redis://user:password@host',
      });
    }
  }
  if (way !== 'REDIS_SENTINELS' && env.REDIS_SENTINEL_NAME !== undefined) {
    problems.push({ variable: 'REDIS_SENTINEL_NAME', problem: 'needs REDIS_SENTINELS beside it' });
  }
  return problems;
}

function problemsOf(env: RuledEnvironment, way: RedisVariable | undefined): Problem[] {
  switch (way) {
    case undefined:
      return [{ variable: 'REDIS_URL', problem: 'is required; only `npm start` brings its own Redis' }];
    case 'REDIS_URL':
      return redisUrlProblems({ variable: way, url: env.REDIS_URL ?? '' }, env);
    case 'REDIS_CLUSTER_NODES':
      return serverProblems(way, env.REDIS_CLUSTER_NODES, env);
    case 'REDIS_SENTINELS': {
      const nameless = env.REDIS_SENTINEL_NAME === undefined;
      const name: Problem = {
        variable: 'REDIS_SENTINEL_NAME',
        problem: 'is required with REDIS_SENTINELS: the name under which they know the master',
      };
      return [...(nameless ? [name] : []), ...serverProblems(way, env.REDIS_SENTINELS, env, [SENTINEL_PORT])];
    }
  }
}

function serverProblems(
  variable: RedisVariable,
  items: readonly string[],
  env: RuledEnvironment,
  ports?: readonly number[],
): Problem[] {
  const hasPassword = env.REDIS_PASSWORD !== undefined;
  const each = items.flatMap((item) => {
    const ruled = { variable, url: asUrl(item), hasPassword, ...(ports ? { ports } : {}) };
    const read = readRedisUrl(ruled.url);
    const hasDatabase = read.kind === 'place' && read.place.db !== 0;
    return [
      ...redisUrlProblems(ruled, env),
      ...(hasDatabase ? [brokenRule(variable, 'database', env, 'database 0, the only one here')] : []),
    ];
  });
  // Several servers may break one rule in the same way, and one of them that cannot be read has no login to compare.
  const problems = [...new Map(each.map((problem) => [problem.problem, problem])).values()];
  const isReadable = items.every((item) => readRedisUrl(asUrl(item)).kind === 'place');
  if (!isReadable || new Set(items.map((item) => JSON.stringify(loginOf([item])))).size === 1)
    return problems;
  return [
    ...problems,
    brokenRule(variable, 'login', env, 'the same scheme, user and password for every server'),
  ];
}
