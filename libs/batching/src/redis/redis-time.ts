import type { RedisClient } from './redis-client';

/** Redis's own time, ms since the epoch. */
export async function redisTimeMs(redis: Pick<RedisClient, 'time'>): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
}
