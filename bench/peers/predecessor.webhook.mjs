// The system that this one replaces, as its documents describe it: bare Express, one Redis call after another.
import express from 'express';
import { Redis } from 'ioredis';

const TTL_S = 600;
const redis = new Redis(/** @type {string} */ (process.env.REDIS_URL));
const app = express();

app.use(express.json());
app.post('/webhook/whatsapp/batched', async (request, response) => {
  const { phone, message, companyId, metadata = {} } = request.body;
  const timestamp = Date.now();
  const batch = `rapid-fire:${phone}`;
  const last = `last-msg:${phone}`;
  await redis.rpush(batch, JSON.stringify({ message, companyId, metadata, timestamp }));
  await redis.expire(batch, TTL_S);
  await redis.set(last, timestamp);
  await redis.expire(last, TTL_S);
  response.json({ success: true });
});

app.listen(Number(process.env.PORT), () => process.send?.('ready'));
process.on('SIGTERM', () => process.exit(0));
