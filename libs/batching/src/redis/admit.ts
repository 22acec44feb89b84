import { phoneTags } from '@app/platform';
import type { RedisAddress } from '../config/redis-address';
import type { Settings } from '../config/settings';
import { RedisRefusedError, RedisUnreachableError } from './connection.errors';
import { claimForEnvironment } from './environment-mark';
import { requireFitServers } from './fit-server';
import { readLogKey } from './log-key';
import { replyCode, StoreUnavailableError } from './outage';
import { Partitions } from './partitions';
import type { RedisClient } from './redis-client';
import { ScriptRunner } from './script-runner';

/**
 * Decides whether a process may use the Redis that it has reached; until then it has written nothing. From then on its log has
 * the tags of this Redis.
 *
 * @throws BootError where the server is unfit or belongs to another environment.
 */
export async function admit(redis: RedisClient, settings: Settings): Promise<void> {
  try {
    await requireFitServers(redis, settings);
    const partitions = new Partitions(settings.redis);
    await claimForEnvironment(new ScriptRunner(redis), partitions, settings);
    phoneTags.useKey(await readLogKey(redis, partitions.home));
  } catch (error) {
    throw asBootError(settings.redis.address, error);
  }
}

/** What a command threw on the way: the server does not allow it, or is gone again; all else is a fault of ours. */
function asBootError(address: RedisAddress, error: unknown): unknown {
  if (error instanceof StoreUnavailableError) {
    return new RedisUnreachableError(address, 'it was there and is gone again');
  }
  if (replyCode(error) === 'NOPERM') return new RedisRefusedError(address, error as Error);
  return error;
}
