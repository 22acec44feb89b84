import type { FactoryProvider } from '@nestjs/common';
import { REDIS, type RedisClient, redisTimeMs } from '@app/batching';
import { RedisClock } from './redis-clock';

/** It knows the time before anybody asks. */
export const redisClockProvider: FactoryProvider<RedisClock> = {
  provide: RedisClock,
  inject: [REDIS],
  useFactory: async (redis: RedisClient) => {
    const clock = new RedisClock(() => redisTimeMs(redis));
    // Where Redis has gone again just now, the clock asks it later.
    await clock.now().catch(() => undefined);
    return clock;
  },
};
