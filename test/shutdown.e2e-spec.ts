import { Redis } from 'ioredis';
import { type AppName, AppProcess } from './support/app-process';
import { Child } from './support/child';
import { eventually, pause, STUCK_MS } from './support/eventually';
import { type Answer, postJson, send } from './support/http';
import { UNHURRIED } from './support/patience';
import { RedisServer } from './support/redis-server';
import { sideBySide } from './support/side-by-side';

const PHONE = '79001234567';

type Start = (name: AppName, variables?: Record<string, string>) => Promise<AppProcess>;

/** On a Redis of its own. */
async function onRedis(play: (start: Start, redis: RedisServer) => Promise<void>): Promise<void> {
  const redis = await RedisServer.start();
  const start: Start = (name, variables = {}) =>
    AppProcess.start(name, { REDIS_URL: redis.url, ...UNHURRIED, BATCH_TIMEOUT: '10000', ...variables });
  await play(start, redis);
  await redis.stop();
}

const write = (webhook: AppProcess, message: string): Promise<Answer> =>
  postJson(`${webhook.url}/webhook/whatsapp/batched`, { phone: PHONE, message });

async function history(webhook: AppProcess): Promise<{ text: string; flushReason: string }[]> {
  const { body } = await send(`${webhook.url}/admin/history`);
  return body.items as { text: string; flushReason: string }[];
}

async function untilItWaitsForJobs({ url }: RedisServer): Promise<void> {
  const client = new Redis(url);
  await eventually(
    'a worker that waits for jobs',
    async () => String(await client.client('LIST')),
    (list) => list.includes('cmd=bzpopmin'),
  );
  client.disconnect();
}

const endsWithoutRedis = (name: AppName): Promise<void> =>
  onRedis(async (start, redis) => {
    const app = await start(name);
    if (name === 'worker') await untilItWaitsForJobs(redis);
    await redis.kill();
    await app.waitForLine(/Connection to Redis at .* lost/);
    // By then BullMQ has given up its read, and waits to ask for a job.
    if (name === 'worker') await pause(8_000);
    expect(await app.terminate()).toBe(0);
  });

describe('a shutdown', () => {
  sideBySide({
    'leaves what is pending to the next batcher': () =>
      onRedis(async (start) => {
        const [webhook, batcher] = await Promise.all([start('webhook'), start('batcher')]);
        await write(webhook, 'later');
        expect(await batcher.terminate()).toBe(0);
        expect(await history(webhook)).toEqual([]);
        const next = await start('batcher');
        await eventually(
          'handed off by the next batcher',
          () => history(webhook),
          ({ length }) => length === 1,
        );
        expect(await Promise.all([webhook.terminate(), next.terminate()])).toEqual([0, 0]);
      }),

    'hands off what is pending where SHUTDOWN_FLUSH asks for it': () =>
      onRedis(async (start) => {
        const slow = { BATCH_TIMEOUT: '20000' };
        const [webhook, batcher] = await Promise.all([
          start('webhook', slow),
          start('batcher', { ...slow, SHUTDOWN_FLUSH: 'true' }),
        ]);
        for (let i = 0; i < 12; i += 1) await write(webhook, String(i));
        expect(await batcher.terminate()).toBe(0);
        const batches = await history(webhook);
        expect(batches.map(({ flushReason }) => flushReason)).toContain('shutdown');
        expect(batches.map(({ text }) => text).reverse()).toEqual(['0 1 2 3 4 5 6 7 8 9', '10 11']);
        await webhook.terminate();
      }),

    'ends a webhook with code 0, its requests answered': () =>
      onRedis(async (start) => {
        const webhook = await start('webhook');
        const answers = Array.from({ length: 20 }, (_, i) => write(webhook, String(i)));
        await Promise.race(answers);
        const code = webhook.terminate();
        const settled = await Promise.allSettled(answers);
        // A connection that had not been taken may be refused; what was taken is answered.
        const statuses = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.status] : []));
        expect(new Set(statuses)).toEqual(new Set([200]));
        expect(await code).toBe(0);
      }),

    'ends a webhook that has nothing in hand with code 0 while its Redis is away': () =>
      endsWithoutRedis('webhook'),
    'ends a batcher that has nothing in hand with code 0 while its Redis is away': () =>
      endsWithoutRedis('batcher'),
    'ends a worker that has nothing in hand with code 0 while its Redis is away': () =>
      endsWithoutRedis('worker'),

    'ends at once on a second signal': async () => {
      const stuck = `
        setInterval(() => undefined, 1000);
        const { runService } = require('./dist/libs/platform/src');
        runService(async () => { console.log('up'); return { close: () => new Promise(() => undefined) }; });
      `;
      const child = new Child('stuck', process.execPath, ['-e', stuck]);
      await child.waitForLine(/^up$/, STUCK_MS);
      child.signal('SIGTERM');
      await child.waitForLine(/SIGTERM: finishing what is in hand/, STUCK_MS);
      child.signal('SIGTERM');
      expect(await child.exited).toBe(1);
    },
  });
});
