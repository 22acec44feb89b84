import { Logger } from '@nestjs/common';
import { BootError, EXIT } from '@app/platform';
import type { Redis } from 'ioredis';
import type { Settings } from '../config/settings';
import { HEARTBEAT } from '../meeting-point/liveness';
import { mark } from '../scripts/mark';
import type { Keys } from './keys';
import { placeOf } from './ready';
import type { ScriptRunner } from './script-runner';

/** This Redis belongs to another environment. */
export class ForeignRedisError extends BootError {
  constructor(place: string, theirs: string, ours: string, why: string) {
    super(
      `Redis at ${place} is in use by ${theirs}, and this process is ${ours} (NODE_ENV); ${why}.\n` +
        'See whether REDIS_URL leads where you think: a tunnel may end in production. If this is meant, set ' +
        `REDIS_ALLOW_ENVIRONMENT=${theirs}`,
      EXIT.config,
    );
  }
}

/**
 * Marks a Redis as its environment's, or finds it marked so. The mark of another environment gives way when nothing
 * is pending and none of its processes is alive, so that a mistake locks nobody out.
 *
 * @throws ForeignRedisError where it belongs to another environment that was not allowed.
 */
export async function claimForEnvironment(
  redis: Redis,
  runner: ScriptRunner,
  keys: Keys,
  { environment, redis: { allowEnvironment } }: Settings,
): Promise<void> {
  const { outcome, marked, pending, alive } = await runner.run(
    mark,
    {
      mark: keys.environmentMark,
      directory: keys.directory,
      processes: keys.processes,
      cards: keys.processCards,
    },
    { environment, allowed: allowEnvironment ?? '', aliveMs: HEARTBEAT.aliveMs },
  );
  const logger = new Logger('Redis');
  switch (outcome) {
    case 'ours':
      return;
    case 'allowed':
      logger.warn(
        `Redis at ${placeOf(redis)} belongs to ${marked}; used by ${environment} because REDIS_ALLOW_ENVIRONMENT says so`,
      );
      return;
    case 'replaced':
      logger.warn(
        `Redis at ${placeOf(redis)} belonged to ${marked}, which has left it: now ${environment}'s`,
      );
      return;
    case 'foreign':
      throw new ForeignRedisError(placeOf(redis), marked, environment, reasonOf(pending, alive));
  }
}

function reasonOf(pending: number, alive: number): string {
  if (pending === 0 && alive === 0) return 'it started there moments ago';
  return `conversations pending there: ${pending}, its processes alive there: ${alive}`;
}
