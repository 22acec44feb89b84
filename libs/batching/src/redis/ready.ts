import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { showPlace } from '../config/redis-place';
import { RedisRefusedError, RedisUnreachableError } from './connection.errors';
import { isPassing, replyCode } from './outage';

const DEFAULT_WAIT_MS = 30_000;
const SAY_FIRST_MS = 500;
const SAY_EVERY_MS = 5_000;

/** Host and port of a client's server. */
export function addressOf({ options }: Redis): string {
  return `${options.host ?? 'localhost'}:${options.port ?? 6379}`;
}

/** Host, port and database of a client. */
export function placeOf({ options }: Redis): string {
  return showPlace({ host: options.host ?? 'localhost', port: options.port ?? 6379, db: options.db ?? 0 });
}

/**
 * Connects a client, trying again for a bounded time, and from then on logs when its connection goes and comes.
 *
 * @throws RedisUnreachableError when the time is up.
 * @throws RedisRefusedError at once where the server does not take the credentials.
 */
export async function connect(client: Redis, waitMs = DEFAULT_WAIT_MS): Promise<Redis> {
  const logger = new Logger('Redis');
  const heard = { cause: 'no answer' };
  const stopSaying = sayWhatWeWaitFor(client, waitMs, logger, heard);
  let expiry: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      expiry = setTimeout(() => reject(unreachable(client, heard.cause, waitMs)), waitMs);
      client.once('ready', resolve);
      // Without a listener, now or later, an outage would end the process.
      client.on('error', (error: Error & { code?: string }) => {
        heard.cause = replyCode(error) ?? error.code ?? 'the connection ended';
        if (replyCode(error) !== null && !isPassing(error)) reject(refused(client, error));
      });
      // It tries again by itself; what this first try failed of, the listener hears.
      client.connect().catch(() => undefined);
    });
  } catch (error) {
    client.disconnect();
    throw error;
  } finally {
    stopSaying();
    clearTimeout(expiry);
  }
  watch(client, logger);
  return client;
}

function unreachable(client: Redis, cause: string, waitMs: number): RedisUnreachableError {
  return new RedisUnreachableError(addressOf(client), `${cause}, for ${waitMs / 1000} s (REDIS_BOOT_WAIT)`);
}

function refused(client: Redis, error: Error): RedisRefusedError {
  return new RedisRefusedError(placeOf(client), error);
}

function sayWhatWeWaitFor(
  client: Redis,
  waitMs: number,
  logger: Logger,
  heard: Readonly<{ cause: string }>,
): () => void {
  const started = performance.now();
  const say = (): void => {
    const leftS = Math.ceil((waitMs - (performance.now() - started)) / 1000);
    logger.warn(
      `Redis at ${addressOf(client)} does not answer yet (${heard.cause}); trying for another ${leftS} s`,
    );
  };
  const first = setTimeout(say, SAY_FIRST_MS);
  const more = setInterval(say, SAY_EVERY_MS);
  return () => {
    clearTimeout(first);
    clearInterval(more);
  };
}

function watch(client: Redis, logger: Logger): void {
  let connected = true;
  client.on('close', () => {
    if (connected) logger.warn(`Connection to Redis at ${addressOf(client)} lost`);
    connected = false;
  });
  client.on('ready', () => {
    if (!connected) logger.log(`Connection to Redis at ${addressOf(client)} is back`);
    connected = true;
  });
}
