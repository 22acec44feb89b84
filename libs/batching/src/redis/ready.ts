import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { BootError, EXIT } from '@app/platform';
import type { Redis } from 'ioredis';

/** How long a process that starts waits for its Redis, ms. */
const BOOT_WAIT_MS = 30_000;

/** Redis could not be reached at start; names its host and port and nothing else of the URL. */
export class RedisUnreachableError extends BootError {
  constructor(client: Redis, cause: string) {
    super(
      `Redis at ${addressOf(client)} cannot be reached: ${cause}.\n` +
        'See that it runs and that REDIS_URL points to it, and start again.',
      EXIT.unavailable,
    );
  }
}

/** Host and port of a client's server. */
export function addressOf({ options }: Redis): string {
  return `${options.host ?? 'localhost'}:${options.port ?? 6379}`;
}

/**
 * Connects a client, trying again for a bounded time, and from then on logs when its connection goes and comes.
 *
 * @throws RedisUnreachableError when the time is up.
 */
export async function connect(client: Redis): Promise<Redis> {
  const logger = new Logger('Redis');
  let cause = 'no answer';
  // Without a listener an outage would end the process.
  client.on('error', (error: Error & { code?: string }) => (cause = error.code ?? error.message));
  const ready = once(client, 'ready', { signal: AbortSignal.timeout(BOOT_WAIT_MS) });
  client.connect().catch(() => {
    logger.warn(`Redis at ${addressOf(client)} does not answer yet, trying for ${BOOT_WAIT_MS / 1000} s`);
  });
  try {
    await ready;
  } catch {
    client.disconnect();
    throw new RedisUnreachableError(client, cause);
  }
  watch(client, logger);
  return client;
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
