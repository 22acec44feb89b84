import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { BootError, EXIT } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { showAddress } from '../config/redis-address';
import { mastersOf, type RedisClient } from './redis-client';
import { readServerFacts } from './server-facts';
import { judgeServer } from './server-requirements';

/** A server cannot be used; the message names every reason. */
export class UnfitServerError extends BootError {
  constructor(place: string, reasons: readonly string[]) {
    super(
      [`Redis at ${place} cannot be used:`, ...reasons.map((reason) => `  ${reason}`)].join('\n'),
      EXIT.config,
    );
  }
}

/**
 * Checks that the server behind a connection, or every master of a cluster, is fit to hold messages, and logs its
 * warnings.
 *
 * @throws UnfitServerError with every reason.
 */
export async function requireFitServers(redis: RedisClient, settings: BatchingSettings): Promise<void> {
  const { address } = settings.redis;
  for (const master of mastersOf(redis)) {
    const isNode = address.kind === 'cluster';
    const { host = '', port = 6379 } = master.options;
    await requireFitServer(master, isNode ? `${host}:${port}` : showAddress(address), settings);
  }
}

async function requireFitServer(server: Redis, place: string, settings: BatchingSettings): Promise<void> {
  const logger = new Logger('Redis');
  const facts = await readServerFacts(server);
  const { refusals, warnings } = judgeServer(facts, settings);
  if (refusals.length > 0) throw new UnfitServerError(place, refusals);
  for (const warning of warnings) logger.warn(`Redis at ${place}: ${warning}`);
  logger.log(`Connected to Redis ${facts.version} at ${place}`);
}
