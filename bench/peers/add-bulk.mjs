// A limit, not a system: merged messages that are there already, put on the queue in lots, and nothing else.
import { once } from 'node:events';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { aMergedMessage } from '../method/messages.mjs';

const LOT = 100;
const howMany = Number(process.env.JOBS);
const redis = new Redis(/** @type {string} */ (process.env.REDIS_URL), { maxRetriesPerRequest: null });
const queue = new Queue('messages', { connection: redis });

await queue.waitUntilReady();
process.send?.('ready');
process.on('SIGTERM', () => process.exit(0));
await once(process, 'message');
for (let from = 0; from < howMany; from += LOT) {
  const lot = Array.from({ length: Math.min(LOT, howMany - from) }, (_, i) => aMergedMessage(from + i));
  await queue.addBulk(
    lot.map((data) => ({
      name: 'merged-message',
      data,
      opts: { jobId: data.batchId, removeOnComplete: { age: 24 * 3600 }, removeOnFail: false },
    })),
  );
}
