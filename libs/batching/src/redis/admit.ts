import type { Redis } from 'ioredis';
import type { Settings } from '../config/settings';
import { claimForEnvironment } from './environment-mark';
import { requireFitServer } from './fit-server';
import { Keys } from './keys';
import { ScriptRunner } from './script-runner';

/**
 * Decides whether a process may use the Redis that it has reached; until then it has written nothing.
 *
 * @throws BootError where the server is unfit or belongs to another environment.
 */
export async function admit(redis: Redis, settings: Settings): Promise<void> {
  await requireFitServer(redis, settings.environment);
  const keys = new Keys(settings.redis.keyPrefix);
  await claimForEnvironment(redis, new ScriptRunner(redis), keys, settings);
}
