// The predecessor's processor: every second a look at all keys, then two more calls for each batch.
import { setInterval } from 'node:timers';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

const CHECK_INTERVAL_MS = 1_000;
const MAX_BATCH_SIZE = 10;
const timeoutMs = Number(process.env.BATCH_TIMEOUT);
const redis = new Redis(/** @type {string} */ (process.env.REDIS_URL), { maxRetriesPerRequest: null });
const queue = new Queue('messages', { connection: redis });
let checking = false;

async function handOff(/** @type {string} */ phone) {
  const elements = await redis.lrange(`rapid-fire:${phone}`, 0, MAX_BATCH_SIZE - 1);
  const messages = elements.map((element) => JSON.parse(element));
  const text = messages.map(({ message }) => message).join(' ');
  await queue.add('message', { conversationId: phone, text, companyId: messages[0]?.companyId });
  await redis.del(`rapid-fire:${phone}`);
  await redis.del(`last-msg:${phone}`);
}

async function check() {
  if (checking) return;
  checking = true;
  for (const key of await redis.keys('rapid-fire:*')) {
    const phone = key.slice('rapid-fire:'.length);
    const size = await redis.llen(key);
    const last = Number(await redis.get(`last-msg:${phone}`));
    if (size >= MAX_BATCH_SIZE || Date.now() - last >= timeoutMs) await handOff(phone);
  }
  checking = false;
}

setInterval(() => void check(), CHECK_INTERVAL_MS);
await queue.waitUntilReady();
process.send?.('ready');
process.on('SIGTERM', () => process.exit(0));
