import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { BootError, EXIT } from '@app/platform';
import type { Redis } from 'ioredis';
import { showPlace } from '../config/redis-place';
import { replyCode } from './outage';

const DEFAULT_WAIT_MS = 30_000;
const SAY_FIRST_MS = 500;
const SAY_EVERY_MS = 5_000;

/** Codes by which a server refuses who we say we are; asking again changes nothing. */
const REFUSALS = new Set(['WRONGPASS', 'NOAUTH', 'NOPERM']);

/** Redis could not be reached at start; names its host and port and nothing else of the URL. */
export class RedisUnreachableError extends BootError {
  constructor(client: Redis, cause: string, waitMs: number) {
    super(
      `Redis at ${addressOf(client)} cannot be reached: ${cause}, for ${waitMs / 1000} s (REDIS_BOOT_WAIT).\n` +
        'See that it runs and that REDIS_URL points to it, and start again.',
      EXIT.unavailable,
    );
  }
}

/** Redis answers and does not let us in. */
export class RedisRefusedError extends BootError {
  constructor(client: Redis, code: string) {
    super(
      `Redis at ${addressOf(client)} refuses the credentials in REDIS_URL (${code}).\n` +
        'Correct user and password there; a / # ? @ : in them is written %2F %23 %3F %40 %3A.',
      EXIT.config,
    );
  }
}

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
  const abort = new AbortController();
  const heard: { cause: string; refusal: string | null } = { cause: 'no answer', refusal: null };
  // Without a listener an outage would end the process.
  client.on('error', (error: Error & { code?: string }) => {
    heard.cause = error.code ?? error.message;
    const code = replyCode(error);
    if (code === null || !REFUSALS.has(code)) return;
    heard.refusal = code;
    abort.abort();
  });
  const ready = once(client, 'ready', { signal: abort.signal });
  const stopSaying = sayWhatWeWaitFor(client, waitMs, logger, heard);
  const expiry = setTimeout(() => abort.abort(), waitMs);
  // It tries again by itself; what this first try failed of, the listener has heard.
  client.connect().catch(() => undefined);
  try {
    await ready;
  } catch {
    client.disconnect();
    throw heard.refusal === null
      ? new RedisUnreachableError(client, heard.cause, waitMs)
      : new RedisRefusedError(client, heard.refusal);
  } finally {
    stopSaying();
    clearTimeout(expiry);
  }
  watch(client, logger);
  return client;
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
