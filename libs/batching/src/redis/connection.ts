import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { BatchingSettings } from '../config/batching.settings';
import type { RedisAddress, RedisLogin } from '../config/redis-address';
import { CoalescingRedis } from './coalescing-redis';
import { endable } from './endable';
import { followMaster } from './follow-master';
import { MasterConnector } from './master-connector';
import { isDemoted } from './outage';
import type { RedisClient } from './redis-client';

const RECONNECT_MAX_MS = 1_000;
// A cluster's server redirects only clients that ask it for a foreign slot; a regular refresh also informs idle clients.
const REFRESH_MS = 2_000;

// An option that is not set here: its type does not allow passing it on as optional.
type Options = Omit<RedisOptions, 'replyMapping'>;

type Target = Pick<BatchingSettings['redis'], 'address' | 'minReplicas' | 'commandTimeoutMs'>;

const retryStrategy = (times: number): number => Math.min(times * 50, RECONNECT_MAX_MS);

// After a failover the old master reports its new role: reconnect, to the server that has the name now.
const reconnectOnError = (error: Error): boolean => isDemoted(error);

/**
 * Options of every client that writes: it neither queues while offline nor sends again by itself, because both would store
 * a message twice when a connection is lost before the reply. The caller gets the error and decides.
 */
function writing({ commandTimeoutMs }: Target, name: string): Options {
  return {
    connectionName: `rapid-fire-${name}`,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: commandTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // If the server is there and silent, the connection is closed with all that waits on it; otherwise memory would fill.
    socketTimeout: commandTimeoutMs,
    retryStrategy,
    reconnectOnError,
  };
}

/** Longer than any blocking read: BullMQ's end after 10 s. */
export const SILENT_MS = 20_000;

function waiting({ commandTimeoutMs }: Target, name: string): Options {
  return {
    connectionName: `rapid-fire-${name}`,
    lazyConnect: true,
    connectTimeout: commandTimeoutMs,
    // Otherwise a read would wait for a vanished server until TCP gives up, about a quarter of an hour.
    socketTimeout: SILENT_MS,
    maxRetriesPerRequest: null,
    retryStrategy,
    reconnectOnError,
  };
}

/** A client for commands; those that are started in one turn of the event loop leave in one write. */
export function commandClient(target: Target, name: string): RedisClient {
  const { address } = target;
  // Without `enableAutoPipelining`: if one slot of a pipeline has moved and another has not, ioredis would follow neither.
  if (address.kind === 'cluster') return writingCluster(target, address, name);
  return single(address, writing(target, name), CoalescingRedis);
}

/** A client for BullMQ's queue, which makes its own pipelines. */
export function queueClient(target: Target): RedisClient {
  const { address } = target;
  if (address.kind === 'cluster') return writingCluster(target, address, 'queue');
  return single(address, writing(target, 'queue'));
}

/** A client that waits for data: subscriptions, which it renews when it reconnects, and blocking reads. */
export function waitingClient(target: Target, name: string): RedisClient {
  const { address } = target;
  const options = waiting(target, name);
  return endable(
    address.kind === 'cluster' ? cluster(target, address, options, {}) : single(address, options),
  );
}

function single(
  address: Exclude<RedisAddress, { kind: 'cluster' }>,
  options: Options,
  Client = Redis,
): Redis {
  if (address.kind === 'single') {
    return followMaster(new Client(address.url, { ...options, Connector: MasterConnector }));
  }
  const { name, sentinels, sentinelLogin, login } = address;
  const client = new Client({
    ...options,
    name,
    sentinels: [...sentinels],
    ...loginOptions(login),
    ...(sentinelLogin.username === undefined ? {} : { sentinelUsername: sentinelLogin.username }),
    ...(sentinelLogin.password === undefined ? {} : { sentinelPassword: sentinelLogin.password }),
    ...(sentinelLogin.isTls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    sentinelRetryStrategy: retryStrategy,
    // After a failover it leaves the old master at once, even one that only sleeps and keeps its connections.
    failoverDetector: true,
  });
  return followMaster(client);
}

type ClusterAddress = Extract<RedisAddress, { kind: 'cluster' }>;

function writingCluster(target: Target, address: ClusterAddress, name: string): Cluster {
  return cluster(target, address, writing(target, name), {
    enableOfflineQueue: false,
    // After a connection is lost before the reply, only the caller may repeat the command. A server that redirects, or is
    // not ready for the slot, has done nothing: those replies are followed, within the time of the command.
    retryDelayOnFailover: 0,
    // `WAIT` needs the connection that wrote, so no redirection may be followed unseen.
    ...(target.minReplicas > 0 ? { maxRedirections: 0 } : {}),
  });
}

function cluster(
  { commandTimeoutMs }: Target,
  address: ClusterAddress,
  redisOptions: Options,
  options: Omit<ClusterOptions, 'redisOptions'>,
): Cluster {
  return new Cluster([...address.nodes], {
    lazyConnect: true,
    clusterRetryStrategy: retryStrategy,
    slotsRefreshInterval: REFRESH_MS,
    slotsRefreshTimeout: commandTimeoutMs,
    redisOptions: { ...redisOptions, ...loginOptions(address.login) },
    // A certificate is issued for a name, not for the address behind the name.
    ...(address.login.isTls ? { dnsLookup: (host, done) => done(null, host) } : {}),
    ...options,
  });
}

function loginOptions({ username, password, isTls }: RedisLogin): Options {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isTls ? { tls: {} } : {}),
  };
}
