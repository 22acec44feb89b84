import { getQueueToken } from '@nestjs/bullmq';
import type { FactoryProvider } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { SETTINGS } from '@app/config';
import type { MergedMessage } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import { MERGED_MESSAGES } from '../queue/queue';
import { asOutage } from '../redis/outage';
import type { RedisClient } from '../redis/redis-client';
import { Replication } from '../redis/replication';
import { whileStarting } from '../redis/starting';
import { HandOff } from './hand-off';

export const handOffProvider: FactoryProvider<HandOff> = {
  provide: HandOff,
  inject: [getQueueToken(MERGED_MESSAGES), SETTINGS],
  useFactory: async (queue: Queue<MergedMessage>, { handOff, redis }: BatchingSettings) => {
    await whileStarting(redis.address, () =>
      ready(queue).catch((error: unknown) => {
        throw asOutage(error);
      }),
    );
    const replication = new Replication(queue.opts.connection as RedisClient, redis);
    return new HandOff(
      queue,
      { handOff, redis },
      {
        acknowledged: (write) => replication.acknowledged(queue.toKey('wait'), write),
      },
    );
  },
};

/** BullMQ checks its server once, in the background, and if that fails every later call fails; then it registers the queue. */
async function ready(queue: Queue): Promise<void> {
  // Without a listener, BullMQ would write its errors to stderr; our own connections report an outage.
  queue.on('error', () => undefined);
  await queue.waitUntilReady();
  await queue.getVersion();
}
