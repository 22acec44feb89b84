import { Redis, type RedisOptions } from 'ioredis';
import { CoalescingRedis } from './coalescing-redis';
import { replyCode } from './outage';

/** A sender must hear 503 within 2 s of a silent Redis; this leaves time to say so. */
export const COMMAND_TIMEOUT_MS = 1_500;
const RECONNECT_MAX_MS = 1_000;

/**
 * Options of every client that writes: it neither queues while offline nor sends again by itself, for both would store
 * a message twice when a connection is lost before the reply. Whoever called hears of it and decides.
 */
const WRITING = {
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectTimeout: COMMAND_TIMEOUT_MS,
  commandTimeout: COMMAND_TIMEOUT_MS,
  // A server that is there and silent: the connection goes, and with it all that waits on it, or memory would fill.
  socketTimeout: COMMAND_TIMEOUT_MS,
  retryStrategy: (times: number) => Math.min(times * 50, RECONNECT_MAX_MS),
  // After a failover the old master answers READONLY: connect anew, to whoever has the name now.
  reconnectOnError: (error: Error) => replyCode(error) === 'READONLY',
} satisfies RedisOptions;

/** A client for commands; those that are started in one turn of the event loop leave in one write. */
export function commandClient(url: string, name: string): Redis {
  return new CoalescingRedis(url, { ...WRITING, connectionName: `rapid-fire-${name}` });
}

/** A client for BullMQ's queue, which makes its own pipelines. */
export function queueClient(url: string): Redis {
  return new Redis(url, { ...WRITING, connectionName: 'rapid-fire-queue' });
}

/** A client that waits for what may come: subscriptions, which it renews when it reconnects, and blocking reads. */
export function waitingClient(url: string, name: string): Redis {
  return new Redis(url, {
    lazyConnect: true,
    connectTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 50, RECONNECT_MAX_MS),
    connectionName: `rapid-fire-${name}`,
  });
}
