import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const CONCURRENCY = 50;
const redis = new Redis(/** @type {string} */ (process.env.REDIS_URL), { maxRetriesPerRequest: null });
const messages = new Queue('messages', { connection: redis });

const worker = new Worker(
  'debounce',
  async ({ data: { conversation } }) => {
    const key = `debounced:${conversation}`;
    const [[, elements] = []] = (await redis.multi().lrange(key, 0, -1).del(key).exec()) ?? [];
    const parts = /** @type {string[]} */ (elements).map((element) => JSON.parse(element));
    const text = parts.map(({ message }) => message).join(' ');
    await messages.add('message', { conversationId: conversation, text, companyId: parts[0]?.companyId });
  },
  { connection: redis.duplicate(), concurrency: CONCURRENCY },
);

await worker.waitUntilReady();
process.send?.('ready');
process.on('SIGTERM', () => process.exit(0));
