import { Logger } from '@nestjs/common';
import { BootError, EXIT } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { showAddress } from '../config/redis-address';
import { asOutage } from '../redis/outage';
import type { Partitions } from '../store/partitions';
import type { ScriptRunner } from '../store/script-runner';
import { mark } from '../store/scripts/mark';
import { HEARTBEAT } from './liveness';

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

/** The data in this Redis are divided into another number of partitions. */
export class OtherPartitionsError extends BootError {
  constructor(place: string, theirs: number, ours: number) {
    super(
      `Redis at ${place} is divided into ${theirs} partitions, and this process would divide it into ${ours}: ` +
        `nothing that is there would be found again.\nSet PARTITIONS=${theirs}. To have another number, begin with an ` +
        'empty Redis, or another KEY_PREFIX.',
      EXIT.config,
    );
  }
}

/**
 * Marks a Redis as its environment's, or finds it marked so. The mark of another environment is replaced when nothing
 * is pending and none of its processes is alive, so that a mistake does not lock a Redis for good.
 *
 * @throws ForeignRedisError if it belongs to another environment that was not allowed.
 * @throws OtherPartitionsError if its data are divided into another number of partitions.
 */
export async function claimForEnvironment(
  runner: ScriptRunner,
  { home, all }: Partitions,
  { environment, redis: { address, allowEnvironment } }: BatchingSettings,
): Promise<void> {
  const [first = home, ...others] = all;
  const elsewhere = await Promise.all(others.map(({ directory }) => runner.client.zcard(directory))).catch(
    (error: unknown) => {
      throw asOutage(error);
    },
  );
  const { outcome, marked, pending, alive, partitions } = await runner.run(
    mark,
    {
      mark: home.environmentMark,
      directory: first.directory,
      processes: home.processes,
      cards: home.processCards,
    },
    {
      environment,
      allowed: allowEnvironment ?? '',
      aliveMs: HEARTBEAT.aliveMs,
      partitions: all.length,
      pendingElsewhere: elsewhere.reduce((sum, open) => sum + open, 0),
    },
  );
  const place = showAddress(address);
  const logger = new Logger('Redis');
  switch (outcome) {
    case 'ours':
      return;
    case 'allowed':
      logger.warn(
        `Redis at ${place} belongs to ${marked}; used by ${environment} because REDIS_ALLOW_ENVIRONMENT says so`,
      );
      return;
    case 'replaced':
      logger.warn(`Redis at ${place} belonged to ${marked}, which has left it: now ${environment}'s`);
      return;
    case 'divided':
      throw new OtherPartitionsError(place, partitions, all.length);
    case 'foreign':
      throw new ForeignRedisError(place, marked, environment, reasonOf(pending, alive));
  }
}

function reasonOf(pending: number, alive: number): string {
  if (pending === 0 && alive === 0) return 'it started there moments ago';
  return `conversations pending there: ${pending}, its processes alive there: ${alive}`;
}
