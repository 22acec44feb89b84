// A batcher as it must not be, the control of the crash storm: it reads a batch, hands it off under an id that a second
// try does not know, and then deletes what it believes to have read. The predecessor worked like this.
const { createServer } = require('node:http');
const { randomUUID } = require('node:crypto');
const { setTimeout: pause } = require('node:timers/promises');
const { Queue } = require('bullmq');
const { Redis } = require('ioredis');

const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });
const queue = new Queue('messages', { connection: redis });
const quietMs = Number(process.env.BATCH_TIMEOUT);
redis.on('error', () => undefined);
queue.on('error', () => undefined);

async function handOff(key) {
  const conversationId = key.slice('rapid-fire:'.length);
  const last = Number(await redis.get(`last-msg:${conversationId}`));
  const messages = (await redis.lrange(key, 0, -1)).map((element) => JSON.parse(element));
  if (messages.length < 5 && Date.now() - last < quietMs) return;
  await queue.add('merged-message', { conversationId, messages }, { jobId: `b-${randomUUID()}` });
  // With what counts them: a list that only half goes away would be noticed and kept.
  await redis.del(key, `rapid-fire-state:${conversationId}`);
}

async function run() {
  for (;;) {
    for (const key of await redis.keys('rapid-fire:*')) await handOff(key);
    await pause(100);
  }
}

createServer((_, response) => response.end('{}')).listen(Number(process.env.BATCHER_PORT));
process.on('SIGTERM', () => process.exit(0));
void run();
