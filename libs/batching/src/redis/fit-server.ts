import { Logger } from '@nestjs/common';
import { BootError, EXIT } from '@app/platform';
import type { Redis } from 'ioredis';
import type { EnvironmentName } from '../config/environment';
import { placeOf } from './ready';
import { readServerFacts } from './server-facts';
import { judgeServer } from './server-requirements';

/** The server behind REDIS_URL cannot be used; the message names every reason at once. */
export class UnfitServerError extends BootError {
  constructor(place: string, reasons: readonly string[]) {
    super(
      [`Redis at ${place} cannot be used:`, ...reasons.map((reason) => `  ${reason}`)].join('\n'),
      EXIT.config,
    );
  }
}

/**
 * Sees that the server behind a connection is fit to hold messages, and logs what is worth knowing of it.
 *
 * @throws UnfitServerError with every reason.
 */
export async function requireFitServer(redis: Redis, environment: EnvironmentName): Promise<void> {
  const logger = new Logger('Redis');
  const facts = await readServerFacts(redis);
  const { refusals, warnings } = judgeServer(facts, environment);
  if (refusals.length > 0) throw new UnfitServerError(placeOf(redis), refusals);
  for (const warning of warnings) logger.warn(`Redis at ${placeOf(redis)}: ${warning}`);
  logger.log(`Connected to Redis ${facts.version} at ${placeOf(redis)}`);
}
