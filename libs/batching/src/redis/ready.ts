import { Logger } from '@nestjs/common';
import { Cluster, type Redis, type RedisOptions } from 'ioredis';
import type { BatchingSettings } from '../config/batching.settings';
import { type RedisAddress, showServers } from '../config/redis-address';
import { RedisRefusedError, RedisUnreachableError } from './connection.errors';
import { isPassing, replyCode, replyInShort } from './outage';
import { mastersOf, type RedisClient } from './redis-client';

const SAY_FIRST_MS = 500;
const SAY_EVERY_MS = 5_000;

/**
 * Connects a client, trying again for a bounded time, and from then on logs when its connection is lost and returns.
 *
 * @param lost the lost connections of those that are one to whoever reads the log: only the first that is lost, and the last that
 * is back, has a line.
 * @throws RedisUnreachableError when the time is up.
 * @throws RedisRefusedError at once if the server does not accept the credentials.
 */
export async function connect<C extends RedisClient>(
  client: C,
  { address, bootWaitMs }: Pick<BatchingSettings['redis'], 'address' | 'bootWaitMs'>,
  lost = new Set<RedisClient>(),
): Promise<C> {
  const logger = new Logger('Redis');
  const heard = { cause: 'no answer' };
  const stopSaying = sayWhatWeWaitFor(address, bootWaitMs, logger, heard);
  let expiry: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      expiry = setTimeout(() => reject(unreachable(address, heard.cause, bootWaitMs)), bootWaitMs);
      client.once('ready', resolve);
      const hear = (error: Error & { code?: string }): void => {
        heard.cause = replyInShort(error) ?? error.code ?? 'the connection ended';
        if (replyCode(error) !== null && !isPassing(error)) reject(new RedisRefusedError(address, error));
      };
      // Without a listener, now or later, an outage would end the process.
      client.on('error', hear);
      if (client instanceof Cluster) client.on('node error', hear);
      // It tries again by itself; the listener gets the error of this first try.
      client.connect().catch(() => undefined);
    });
  } catch (error) {
    client.disconnect();
    throw error;
  } finally {
    stopSaying();
    clearTimeout(expiry);
  }
  // A cluster's servers are connected to at their first command, and refuse a second until then.
  await Promise.allSettled(mastersOf(client).map((master) => master.ping()));
  watch(client, lost, showServers(address), logger);
  return client;
}

function unreachable(address: RedisAddress, cause: string, waitMs: number): RedisUnreachableError {
  return new RedisUnreachableError(address, `${cause}, for ${waitMs / 1000} s (REDIS_BOOT_WAIT)`);
}

function sayWhatWeWaitFor(
  address: RedisAddress,
  waitMs: number,
  logger: Logger,
  heard: Readonly<{ cause: string }>,
): () => void {
  const started = performance.now();
  const say = (): void => {
    const leftS = Math.ceil((waitMs - (performance.now() - started)) / 1000);
    logger.warn(
      `Redis at ${showServers(address)} does not answer yet (${heard.cause}); trying for another ${leftS} s`,
    );
  };
  const first = setTimeout(say, SAY_FIRST_MS);
  const more = setInterval(say, SAY_EVERY_MS);
  return () => {
    clearTimeout(first);
    clearInterval(more);
  };
}

function watch(client: RedisClient, lost: Set<RedisClient>, servers: string, logger: Logger): void {
  client.on('close', () => {
    if (lost.size === 0) logger.warn(`Connection to Redis at ${servers} lost`);
    lost.add(client);
  });
  client.on('ready', () => {
    if (lost.delete(client) && lost.size === 0) logger.log(`Connection to Redis at ${servers} is back`);
  });
  if (!(client instanceof Cluster)) return;
  client.on('-node', ({ options }: Redis) =>
    logger.warn(`Redis lost one of its servers, ${nodeName(options)}`),
  );
}

function nodeName({ host, port }: RedisOptions): string {
  return `${String(host)}:${String(port)}`;
}
