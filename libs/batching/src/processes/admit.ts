import { phoneTags } from '@app/platform';
import type { BatchingSettings } from '../config/batching.settings';
import { MissingRightsError } from '../redis/connection.errors';
import { requireFitServers } from '../redis/fit-server';
import { isDenied, StoreUnavailableError } from '../redis/outage';
import type { RedisClient } from '../redis/redis-client';
import { whileStarting } from '../redis/starting';
import { Partitions } from '../store/partitions';
import { ScriptRunner } from '../store/script-runner';
import { claimForEnvironment } from './environment-mark';
import { readLogKey } from './log-key';
import { missingRights } from './rights';

/**
 * Decides whether a process may use the Redis that it has reached; until then it has written nothing there. From then on
 * its log has the tags of this Redis.
 *
 * @throws BootError if the server is unfit, belongs to another environment, or does not allow what is needed.
 */
export async function admit(redis: RedisClient, settings: BatchingSettings): Promise<void> {
  const partitions = new Partitions(settings.redis);
  await whileStarting(settings.redis.address, async () => {
    await requireFitServers(redis, settings);
    await claimForEnvironment(new ScriptRunner(redis), partitions, settings).catch(async (error: unknown) => {
      // The error names only the first missing right.
      if (isDenied(causeOf(error))) await requireRights(redis, settings, partitions);
      throw error;
    });
    await requireRights(redis, settings, partitions);
    phoneTags.useKey(await readLogKey(redis, partitions.home));
  });
}

async function requireRights(
  redis: RedisClient,
  settings: BatchingSettings,
  partitions: Partitions,
): Promise<void> {
  const missing = await missingRights(redis, settings, partitions);
  if (Object.values(missing).flat().length > 0) throw new MissingRightsError(settings.redis.address, missing);
}

function causeOf(error: unknown): unknown {
  return error instanceof StoreUnavailableError ? error.cause : error;
}
