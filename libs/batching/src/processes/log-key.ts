import { randomBytes } from 'node:crypto';
import type { Keys } from '../store/keys';
import { asOutage } from '../redis/outage';
import type { RedisClient } from '../redis/redis-client';

const BYTES = 32;
const FIELD = 'logKey';

/**
 * The key of the tags beside masked phones: one for every process on this Redis, made by whichever starts first. Not a setting,
 * for two processes would have two; and not in the log, where it would undo the mask.
 */
export async function readLogKey(redis: RedisClient, { environmentMark }: Keys): Promise<Buffer> {
  try {
    await redis.hsetnx(environmentMark, FIELD, randomBytes(BYTES).toString('base64'));
    return Buffer.from((await redis.hget(environmentMark, FIELD)) ?? '', 'base64');
  } catch (error) {
    throw asOutage(error);
  }
}
