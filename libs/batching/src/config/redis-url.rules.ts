import type { EnvironmentName, EnvironmentVariables, Problem } from '@app/config';
import type { RedisVariable } from './redis-address';
import { isLoopback, readRedisUrl, type RedisPlace } from './redis-place';
import type { RedisVariables } from './redis.variables';

/** What the rules about addresses go by. */
export type RuledEnvironment = EnvironmentVariables & RedisVariables;

interface Policy {
  /** Ports that are accepted without `REDIS_ALLOWED_PORTS`; null accepts any. */
  ports: readonly number[] | null;
  /** Off loopback, a password and TLS are required. */
  isGuarded: boolean;
}

/** What each environment expects of its Redis. 6380 is the local end of a developer's tunnel, 6379 a server's own port. */
const POLICIES: Readonly<Record<EnvironmentName, Policy>> = {
  development: { ports: [6380], isGuarded: false },
  test: { ports: null, isGuarded: false },
  staging: { ports: [6379], isGuarded: false },
  production: { ports: [6379], isGuarded: true },
};

interface Rule {
  rule: string;
  isBroken: (place: RedisPlace, policy: Policy) => boolean;
  expected: (place: RedisPlace, policy: Policy) => string;
  /** The line that mends or allows it. */
  remedy: (place: RedisPlace) => string;
}

const PLAINTEXT = 'or, where the network between is private, set REDIS_ALLOW_PLAINTEXT=true';

const RULES: readonly Rule[] = [
  {
    rule: 'host',
    isBroken: ({ host }) => host === '0.0.0.0' || host === '[::]',
    expected: () => 'the address of a server, not the one on which a server listens for everybody',
    remedy: () => 'name the host: 127.0.0.1 for this machine',
  },
  {
    rule: 'port',
    isBroken: ({ port }, { ports }) => ports !== null && !ports.includes(port),
    expected: ({ port }, { ports }) => `port ${(ports ?? []).join(' or ')}, not ${port}${knownAs(port)}`,
    remedy: ({ port }) => `if it is the right one, set REDIS_ALLOWED_PORTS=${port}`,
  },
  {
    rule: 'credentials',
    isBroken: (place, { isGuarded }) => isGuarded && !isLoopback(place) && !place.hasPassword,
    expected: () => 'a password for a Redis on another machine',
    remedy: () => `write it as rediss://user:password@host:port, ${PLAINTEXT}`,
  },
  {
    rule: 'TLS',
    isBroken: (place, { isGuarded }) => isGuarded && !isLoopback(place) && !place.isTls,
    expected: () => 'rediss:// for a Redis on another machine',
    remedy: () => `use the server's TLS port, ${PLAINTEXT}`,
  },
];

/** A URL to be held against the rules, and what is known of it from elsewhere. */
export interface RuledUrl {
  variable: RedisVariable;
  url: string;
  /** Expected in place of the environment's, where that expects any. */
  ports?: readonly number[];
  /** A password stands in a variable of its own. */
  hasPassword?: boolean;
}

/** What is wrong with a URL in its environment; everything at once, and nothing of the URL but its port. */
export function redisUrlProblems(ruled: RuledUrl, env: RuledEnvironment): Problem[] {
  const { variable } = ruled;
  const read = readRedisUrl(ruled.url);
  if (read.kind === 'malformed') return [brokenRule(variable, read.rule, env, read.expected)];
  const policy = policyOf(env, ruled.ports);
  // Which address is right depends on the environment: without a known one there is no saying.
  if (policy === null) return [];
  const place = { ...read.place, hasPassword: read.place.hasPassword || (ruled.hasPassword ?? false) };
  return RULES.filter(({ isBroken }) => isBroken(place, policy)).map(({ rule, expected, remedy }) =>
    brokenRule(variable, rule, env, `${expected(place, policy)}; ${remedy(place)}`),
  );
}

/** The environment's policy as the allowances leave it; null for an environment that nobody knows. */
function policyOf(
  { NODE_ENV, REDIS_ALLOWED_PORTS, REDIS_ALLOW_PLAINTEXT }: RuledEnvironment,
  otherPorts?: readonly number[],
): Policy | null {
  if (!isKnown(NODE_ENV)) return null;
  const { ports, isGuarded } = POLICIES[NODE_ENV];
  const expected = ports && (otherPorts ?? ports);
  return {
    ports: REDIS_ALLOWED_PORTS.length > 0 ? REDIS_ALLOWED_PORTS.map(Number) : expected,
    isGuarded: isGuarded && !REDIS_ALLOW_PLAINTEXT,
  };
}

/** A rule about addresses as the problem that breaks it. */
export function brokenRule(
  variable: RedisVariable,
  rule: string,
  { NODE_ENV }: EnvironmentVariables,
  expected: string,
): Problem {
  const place = isKnown(NODE_ENV) ? ` of ${NODE_ENV}` : '';
  return { variable, problem: `breaks the ${rule} rule${place}: expected ${expected}` };
}

function isKnown(environment: string): boolean {
  return Object.hasOwn(POLICIES, environment);
}

function knownAs(port: number): string {
  if (port === 6380) return ', which is the tunnel of local development';
  return port === 6379 ? ', which is the port of a server itself' : '';
}
