import { randomBytes } from 'node:crypto';
import { asOutage } from '../redis/outage';
import type { RedisClient } from '../redis/redis-client';
import type { Keys } from '../store/keys';

const BYTES = 32;
const FIELD = 'logKey';

/**
 * The key of the tags next to masked phones: one for every process on this Redis, made by the first that starts. It is not a
 * setting, because two processes would have two; and it is not in the log, where it would undo the mask.
 */
export async function readLogKey(redis: RedisClient, { environmentMark }: Keys): Promise<Buffer> {
  try {
    await redis.hsetnx(environmentMark, FIELD, randomBytes(BYTES).toString('base64'));
    return Buffer.from((await redis.hget(environmentMark, FIELD)) ?? '', 'base64');
  } catch (error) {
    throw asOutage(error);
  }
}
