import { Queue } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';
import { debouncer } from './deduplication.mjs';

const redis = new Redis(/** @type {string} */ (process.env.REDIS_URL), { maxRetriesPerRequest: null });
const queue = new Queue('debounce', { connection: redis });
const append = debouncer(redis, queue, Number(process.env.BATCH_TIMEOUT));
const app = express();

app.use(express.json());
app.post('/webhook/whatsapp/batched', async (request, response) => {
  const { phone, message, companyId, metadata = {} } = request.body;
  await append(`${companyId}.${phone}`, { message, companyId, metadata, timestamp: Date.now() });
  response.json({ success: true });
});

await queue.waitUntilReady();
app.listen(Number(process.env.PORT), () => process.send?.('ready'));
process.on('SIGTERM', () => process.exit(0));
