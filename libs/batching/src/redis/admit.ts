import type { Redis } from 'ioredis';
import type { Settings } from '../config/settings';
import { RedisRefusedError, RedisUnreachableError } from './connection.errors';
import { claimForEnvironment } from './environment-mark';
import { requireFitServer } from './fit-server';
import { Keys } from './keys';
import { replyCode, StoreUnavailableError } from './outage';
import { addressOf, placeOf } from './ready';
import { ScriptRunner } from './script-runner';

/**
 * Decides whether a process may use the Redis that it has reached; until then it has written nothing.
 *
 * @throws BootError where the server is unfit or belongs to another environment.
 */
export async function admit(redis: Redis, settings: Settings): Promise<void> {
  const keys = new Keys(settings.redis.keyPrefix);
  try {
    await requireFitServer(redis, settings.environment);
    await claimForEnvironment(redis, new ScriptRunner(redis), keys, settings);
  } catch (error) {
    throw asBootError(redis, error);
  }
}

/** What a command threw on the way: the server does not allow it, or is gone again; all else is a fault of ours. */
function asBootError(redis: Redis, error: unknown): unknown {
  if (error instanceof StoreUnavailableError) {
    return new RedisUnreachableError(addressOf(redis), 'it was there and is gone again');
  }
  if (replyCode(error) === 'NOPERM') return new RedisRefusedError(placeOf(redis), error as Error);
  return error;
}
