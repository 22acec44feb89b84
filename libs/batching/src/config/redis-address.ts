import { asUrl, readRedisUrl, showPlace } from './redis-place';
import type { RedisVariables } from './redis.variables';

/** One server of several. */
export interface RedisNode {
  host: string;
  port: number;
}

/** What servers ask for of whoever connects. */
export interface RedisLogin {
  username?: string;
  password?: string;
  isTls: boolean;
}

/** Where our Redis is: one server, a cluster known by some of its nodes, or a master that Sentinels know. */
export type RedisAddress =
  | { readonly kind: 'single'; readonly url: string }
  | { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[]; readonly login: RedisLogin }
  | {
      readonly kind: 'sentinel';
      readonly name: string;
      readonly sentinels: readonly RedisNode[];
      readonly sentinelLogin: RedisLogin;
      /** Of the master and its replicas. */
      readonly login: RedisLogin;
    };

/** The variables of which one names our Redis. */
export const WAYS_TO_A_REDIS = ['REDIS_URL', 'REDIS_CLUSTER_NODES', 'REDIS_SENTINELS'] as const;

export type RedisVariable = (typeof WAYS_TO_A_REDIS)[number];

/** The variable that an address came from. */
export const VARIABLE_OF: Readonly<Record<RedisAddress['kind'], RedisVariable>> = {
  single: 'REDIS_URL',
  cluster: 'REDIS_CLUSTER_NODES',
  sentinel: 'REDIS_SENTINELS',
};

/** The address that a checked environment names. */
export function addressOf(env: RedisVariables): RedisAddress {
  const own = loginWith(env.REDIS_USERNAME, env.REDIS_PASSWORD);
  if (env.REDIS_CLUSTER_NODES.length > 0) {
    const login = loginOf(env.REDIS_CLUSTER_NODES);
    return {
      kind: 'cluster',
      nodes: env.REDIS_CLUSTER_NODES.map(nodeOf),
      login: login.password === undefined ? { ...login, ...own } : login,
    };
  }
  if (env.REDIS_SENTINELS.length > 0) {
    const sentinelLogin = loginOf(env.REDIS_SENTINELS);
    return {
      kind: 'sentinel',
      name: env.REDIS_SENTINEL_NAME ?? '',
      sentinels: env.REDIS_SENTINELS.map(nodeOf),
      sentinelLogin,
      login: { ...own, isTls: sentinelLogin.isTls },
    };
  }
  return { kind: 'single', url: env.REDIS_URL ?? '' };
}

/** Where an address leads: all of it that may be shown. */
export function showAddress(address: RedisAddress): string {
  switch (address.kind) {
    case 'single': {
      const read = readRedisUrl(address.url);
      return read.kind === 'place' ? showPlace(read.place) : 'a URL that cannot be read';
    }
    case 'cluster':
      return `the cluster of ${listed(address.nodes)}`;
    case 'sentinel':
      return `${address.name}, of the Sentinels ${listed(address.sentinels)}`;
  }
}

/** The same without what does not tell servers apart: host and port of a single one. */
export function showServers(address: RedisAddress): string {
  if (address.kind !== 'single') return showAddress(address);
  const read = readRedisUrl(address.url);
  return read.kind === 'place' ? `${read.place.host}:${read.place.port}` : showAddress(address);
}

/** The database of a single server; elsewhere there is one only. */
export function databaseOf(address: RedisAddress): number {
  const read = address.kind === 'single' ? readRedisUrl(address.url) : null;
  return read?.kind === 'place' ? read.place.db : 0;
}

/** What of several URLs must be the same in all of them; compared, never shown. */
export function loginOf(items: readonly string[]): RedisLogin {
  const { username, password, protocol } = new URL(asUrl(items[0] ?? ''));
  const login = loginWith(
    decodeURIComponent(username) || undefined,
    decodeURIComponent(password) || undefined,
  );
  return { ...login, isTls: protocol === 'rediss:' };
}

function loginWith(username: string | undefined, password: string | undefined): Omit<RedisLogin, 'isTls'> {
  return { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
}

function nodeOf(item: string): RedisNode {
  const { hostname, port } = new URL(asUrl(item));
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 6379 : Number(port) };
}

function listed(nodes: readonly RedisNode[]): string {
  return nodes.map(({ host, port }) => `${host}:${port}`).join(', ');
}
