import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { AppProcess } from './support/app-process';
import { eventually, pause } from './support/eventually';
import { postJson, send } from './support/http';
import { PATIENCE } from './support/patience';
import { RedisServer } from './support/redis-server';

// The long outage is for `npm run test:chaos`; the promise is the same.
const IS_LONG = process.env.STORM === 'long';
const OUTAGE_MS = IS_LONG ? 30_000 : 3_000;
/** Of each customer. */
const PAUSE_MS = IS_LONG ? 20 : 250;
const PROMISED_MS = 2_000;
const PHONE = '79001234567';

/** What one post came to; status 0 where there was no answer. */
interface Post {
  status: number;
  outcome: unknown;
  retryAfter: string | null;
  ms: number;
}

describe('an outage of Redis', () => {
  let redis: RedisServer;
  let webhook: AppProcess;
  let batcher: AppProcess;
  let admin: Redis;

  /** Of all outages: the accounts are those of one system. */
  const answers: Post[] = [];

  beforeAll(async () => {
    redis = await RedisServer.start({ appendonly: true });
    const env = { REDIS_URL: redis.url, BATCH_TIMEOUT: '500', CLAIM_LEASE: '5', LOG_FORMAT: 'json' };
    [webhook, batcher] = await Promise.all([
      AppProcess.start('webhook', env),
      AppProcess.start('batcher', env),
    ]);
    admin = new Redis(redis.url);
    admin.on('error', () => undefined);
  });

  afterAll(async () => {
    admin.disconnect();
    const codes = await Promise.all([webhook.terminate(), batcher.terminate()]);
    await redis.stop();
    const lines = [...webhook.lines, ...batcher.lines];
    expect(lines.filter((line) => /unhandled|^\s+at /i.test(line))).toEqual([]);
    expect(codes).toEqual([0, 0]);
  });

  interface Stats {
    messages: number;
    balance: number;
    totals: { accepted: number; delivered: number };
  }

  async function stats(): Promise<Stats | null> {
    const { status, body } = await send(`${webhook.url}/webhook/whatsapp/batched/stats`);
    return status === 200 ? (body as unknown as Stats) : null;
  }

  async function drained(): Promise<Stats> {
    const end = await eventually('everything handed off', stats, (now) => now?.messages === 0);
    if (!end) throw new Error('no statistics');
    return end;
  }

  async function post(phone: string, message: string, messageId?: string): Promise<Post> {
    const began = performance.now();
    try {
      const url = `${webhook.url}/webhook/whatsapp/batched`;
      const { status, body, headers } = await postJson(url, { phone, message, messageId });
      const retryAfter = headers.get('retry-after');
      return { status, outcome: body.outcome, retryAfter, ms: performance.now() - began };
    } catch {
      return { status: 0, outcome: null, retryAfter: null, ms: performance.now() - began };
    }
  }

  /** Writes as forty customers do, for a while; every answer is kept. */
  async function load(forMs: number): Promise<void> {
    const until = performance.now() + forMs;
    const customer = async (i: number): Promise<void> => {
      for (let n = 0; performance.now() < until; n += 1) {
        answers.push(await post(`7900${1_000_000 + i}`, String(n), randomUUID()));
        await pause(PAUSE_MS);
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, i) => customer(i)));
  }

  const accepted = (): number =>
    answers.filter(({ status, outcome }) => status === 200 && outcome !== 'duplicate').length;

  async function through(outage: () => Promise<void>): Promise<void> {
    const already = answers.length;
    await load(500);
    await Promise.all([load(OUTAGE_MS + 1_000), outage()]);
    await webhook.ready();
    await load(500);
    const all = answers.slice(already);
    const refused = all.filter(({ status }) => status === 503);
    const slowest = Math.max(...refused.map(({ ms }) => ms));
    const end = await drained();
    process.stdout.write(
      `  ${all.length} posts, ${refused.length} answered 503, the slowest in ${Math.round(slowest)} ms; ` +
        `accepted ${end.totals.accepted}, delivered ${end.totals.delivered}, balance ${end.balance}\n`,
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(slowest).toBeLessThan(PROMISED_MS * PATIENCE);
    expect(refused.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 503]));
    expect(end.balance).toBe(0);
    // What was stored and lost its answer makes the first number the larger one, never the smaller.
    expect(end.totals.accepted).toBeGreaterThanOrEqual(accepted());
    expect(end.totals.delivered).toBe(end.totals.accepted);
  }

  it('that ends the server: 503 within 2 s, and everything accepted is delivered when it is back', async () => {
    await through(async () => {
      await redis.kill();
      await pause(OUTAGE_MS);
      await redis.restart();
    });
  });

  it('that leaves the server silent: the same', async () => {
    await through(async () => {
      redis.pause();
      await pause(OUTAGE_MS);
      redis.resume();
    });
  });

  it('that leaves the server a replica: READONLY is a 503', async () => {
    await through(async () => {
      await admin.replicaof('127.0.0.1', '1');
      await pause(OUTAGE_MS);
      await admin.replicaof('NO', 'ONE');
    });
  });

  it('for want of memory: OOM is a 503', async () => {
    await through(async () => {
      await admin.config('SET', 'maxmemory', '1');
      await pause(OUTAGE_MS);
      await admin.config('SET', 'maxmemory', '0');
    });
  });

  it('does not come of a flushed script cache', async () => {
    const before = await drained();
    for (let i = 0; i < 5; i += 1) {
      await admin.script('FLUSH');
      expect((await post(PHONE, `fragment ${i}`)).status).toBe(200);
    }
    await admin.script('FLUSH');
    const { balance, totals } = await drained();
    expect(balance).toBe(0);
    expect([totals.accepted - before.totals.accepted, totals.delivered - before.totals.delivered]).toEqual([
      5, 5,
    ]);
  });
});
