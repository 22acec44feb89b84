import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { BatchStore, loadSettings, type MergedMessage } from '@app/batching';
import { AdminClient } from './support/admin-client';
import { AppProcess } from './support/app-process';
import { eventually } from './support/eventually';
import { RedisServer } from './support/redis-server';

const KEY = 'admin-key-1';
const PHONE = '79001234567';
/** Longer than any test: what waits is handed off because somebody asks for it, never by itself. */
const LONG = { BATCH_TIMEOUT: '60000', BATCH_TTL: '600', BATCH_MAX_WAIT: '120000' };

describe('operators', () => {
  let redis: RedisServer;
  let client: Redis;
  let queue: Queue<MergedMessage>;
  let webhook: AppProcess;
  let batcher: AppProcess;
  let admin: AdminClient;

  beforeAll(async () => {
    redis = await RedisServer.start();
    const env = { REDIS_URL: redis.url, ADMIN_API_KEY: KEY, LOG_FORMAT: 'json', ...LONG };
    [webhook, batcher] = await Promise.all([
      AppProcess.start('webhook', { ...env, WRONG_SECRETS_PER_MINUTE: '3' }),
      AppProcess.start('batcher', env),
    ]);
    admin = new AdminClient(webhook, { 'x-api-key': KEY });
    client = new Redis(redis.url);
    queue = new Queue('messages', { connection: client, prefix: 'bull' });
  });

  beforeEach(() => client.flushall());

  afterAll(async () => {
    await queue.close();
    client.disconnect();
    await Promise.all([webhook.terminate(), batcher.terminate()]);
    await redis.stop();
  });

  /** The first job of the queue that is not one of these. */
  async function nextJob(known: readonly string[] = []): Promise<MergedMessage> {
    const unknown = async (): Promise<MergedMessage[]> =>
      (await queue.getJobs(['wait']))
        .map(({ data }) => data)
        .filter(({ batchId }) => !known.includes(batchId));
    const [job] = await eventually('a job', unknown, (jobs) => jobs.length > 0);
    return job as MergedMessage;
  }

  /** A batch that nobody could hand off, as a batcher would leave it behind. */
  async function aDeadLetter(batchId: string, phone = PHONE): Promise<void> {
    const { keys } = new BatchStore(client, loadSettings({ NODE_ENV: 'test', REDIS_URL: redis.url }));
    const element = (await client.lindex(keys.messages(phone), 0)) as string;
    await admin.delete(`/webhook/whatsapp/batched/${phone}`);
    await client
      .multi()
      .rpush(keys.deadMessages(batchId), element)
      .hset(keys.deadLetter(batchId), {
        ...{ conversation: phone, error: 'refused', buriedAt: 1_700_000_000_000, count: 1 },
        ...{
          bytes: element.length,
          opened: 1_700_000_000_000,
          reason: 'quiet',
          flushedAt: 1_700_000_000_000,
        },
      })
      .zadd(keys.deadLetters, 1_700_000_000_000, batchId)
      .hincrby(keys.counters, 'buried', 1)
      .hincrby(keys.counters, 'cleared', -1)
      .exec();
  }

  describe('looking', () => {
    it('see what waits, page by page, each once', async () => {
      const phones = Array.from({ length: 7 }, (_, i) => `7900123456${i}`);
      await Promise.all(phones.map((phone) => admin.message(phone, 'hello')));
      const seen: string[] = [];
      for (let cursor: unknown = ''; cursor !== null;) {
        const { body } = await admin.get(
          `/admin/batches?limit=3${cursor ? `&cursor=${cursor as string}` : ''}`,
        );
        seen.push(...(body.items as { phone: string }[]).map(({ phone }) => phone));
        cursor = body.cursor;
      }
      expect(seen).toEqual(phones);
    });

    it('see a batch’s size, times and state', async () => {
      await admin.message(PHONE, 'one', { companyId: 7 });
      const { body: stored } = await admin.message(PHONE, 'two', { companyId: 7 });
      const { body } = await admin.get('/admin/batches');
      expect(body.items).toEqual([
        {
          conversationId: `7:${PHONE}`,
          phone: PHONE,
          companyId: '7',
          state: 'open',
          size: 2,
          firstMessageAt: expect.any(Number) as number,
          lastMessageAt: (stored.dueAt as number) - 60_000,
          dueAt: stored.dueAt,
          claim: null,
        },
      ]);
    });

    it('narrow by company', async () => {
      await admin.message(PHONE, 'a', { companyId: 1 });
      await admin.message(PHONE, 'b', { companyId: 12 });
      const { body } = await admin.get('/admin/batches?companyId=1');
      expect((body.items as { conversationId: string }[]).map((item) => item.conversationId)).toEqual([
        `1:${PHONE}`,
      ]);
    });

    it('inspect one by any spelling of its phone, with its messages', async () => {
      await admin.message(PHONE, 'one');
      await admin.message(PHONE, 'two');
      const { status, body } = await admin.get(`/admin/batches/${encodeURIComponent('+7 (900) 123-45-67')}`);
      expect([status, body.size]).toEqual([200, 2]);
      expect((body.messages as { text: string }[]).map(({ text }) => text)).toEqual(['one', 'two']);
    });

    it('are asked which company where there are several', async () => {
      await admin.message(PHONE, 'a', { companyId: 1 });
      await admin.message(PHONE, 'b', { companyId: 2 });
      const several = await admin.get(`/admin/batches/${PHONE}`);
      expect([several.status, several.body.conversations]).toEqual([409, [`1:${PHONE}`, `2:${PHONE}`]]);
      expect((await admin.get(`/admin/batches/${PHONE}?companyId=2`)).body.companyId).toBe('2');
    });

    it.each(['/admin/batches/79009999999', '/admin/batches/79009999999?companyId=3'])(
      'hear 404 of %s, where nothing waits',
      async (path) => {
        expect((await admin.get(path)).status).toBe(404);
      },
    );

    it.each(['cursor=nonsense', 'limit=0', 'limit=101', 'companyId=a:b'])(
      'hear which field is at fault: %s',
      async (query) => {
        const { status, body } = await admin.get(`/admin/batches?${query}`);
        const errors = body.errors as { field: string }[];
        expect([status, errors.map(({ field }) => field)]).toEqual([400, [query.split('=')[0]]]);
      },
    );
  });

  it('flush what waits: it is handed off at once, and said to be so', async () => {
    await admin.message(PHONE, 'one');
    const { body } = await admin.post(`/admin/batches/${PHONE}/flush`);
    expect(body).toEqual({ success: true, flushed: { conversations: 1, messages: 1 } });
    expect(await nextJob()).toMatchObject({ text: 'one', flushReason: 'manual' });
    await webhook.waitForLine(/Flushed a batch/);
    expect((await admin.post('/admin/batches/79009999999/flush')).status).toBe(404);
  });

  describe('replaying', () => {
    it('hands the same message off again as a new job that says what it repeats', async () => {
      await admin.message(PHONE, 'once');
      await admin.message(PHONE, 'more');
      await admin.post(`/admin/batches/${PHONE}/flush`);
      const original = await nextJob();
      await eventually(
        'its place in the history',
        () => admin.get('/admin/history'),
        ({ body }) => (body.items as unknown[]).length > 0,
      );
      const { status, body } = await admin.post(`/admin/history/${original.batchId}/replay`);
      expect(status).toBe(200);
      const replayed = await nextJob([original.batchId]);
      expect(replayed).toEqual({
        ...original,
        batchId: body.batchId,
        flushReason: 'replay',
        flushedAt: replayed.flushedAt,
        replayOf: original.batchId,
      });
      expect((await admin.get('/webhook/whatsapp/batched/stats')).body.balance).toBe(0);
      await webhook.waitForLine(/Replayed a batch/);
    });

    it('knows only what the history holds', async () => {
      expect((await admin.post('/admin/history/b-unknown/replay')).status).toBe(404);
    });
  });

  describe('dead letters', () => {
    it('are shown with the reason, and handed off again under their own id', async () => {
      await admin.message(PHONE, 'lost?');
      await aDeadLetter('b-dead');
      const { body } = await admin.get('/admin/dead-letters');
      expect(body).toMatchObject({ items: [{ batchId: 'b-dead', error: 'refused' }], cursor: null });
      expect((await admin.post('/admin/dead-letters/b-dead/redrive')).status).toBe(200);
      expect(await nextJob()).toMatchObject({ batchId: 'b-dead', text: 'lost?' });
      expect((await admin.post('/admin/dead-letters/b-dead/redrive')).status).toBe(404);
    });

    it('wait where another batch of their conversation is in hand', async () => {
      await admin.message(PHONE, 'first');
      await aDeadLetter('b-first');
      await admin.message(PHONE, 'second');
      await aDeadLetter('b-second');
      await admin.post('/admin/pause');
      expect((await admin.post('/admin/dead-letters/b-first/redrive')).status).toBe(200);
      expect((await admin.post('/admin/dead-letters/b-second/redrive')).status).toBe(409);
      const { body } = await admin.get(`/admin/batches/${PHONE}`);
      expect(body).toMatchObject({ state: 'claimed', size: 1, dueAt: null, claim: { batchId: 'b-first' } });
    });

    it('are deleted for good, and the accounts still balance', async () => {
      await admin.message(PHONE, 'unwanted');
      await aDeadLetter('b-dead');
      expect((await admin.delete('/admin/dead-letters/b-dead')).body).toMatchObject({ messages: 1 });
      expect((await admin.delete('/admin/dead-letters/b-dead')).status).toBe(404);
      const { body } = await admin.get('/webhook/whatsapp/batched/stats');
      expect([body.deadLetters, body.balance]).toEqual([0, 0]);
    });

    it('are paged without missing any when one is deleted in between', async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        await admin.message(PHONE, name);
        await aDeadLetter(`b-${name}`);
        await client.zadd('rapid-fire-dead-letters', name.charCodeAt(0), `b-${name}`);
        await client.hset(`rapid-fire-dead:b-${name}`, 'buriedAt', name.charCodeAt(0));
      }
      const first = (await admin.get('/admin/dead-letters?limit=2')).body;
      await admin.delete('/admin/dead-letters/b-d');
      const second = (await admin.get(`/admin/dead-letters?limit=5&cursor=${first.cursor as string}`)).body;
      const ids = [first, second].flatMap(({ items }) =>
        (items as { batchId: string }[]).map(({ batchId }) => batchId),
      );
      expect(ids).toEqual(['b-e', 'b-d', 'b-c', 'b-b', 'b-a']);
    });
  });

  /** How often the batcher has looked for something due. */
  async function sweeps(): Promise<number> {
    const scrape = await (await fetch(`${batcher.url}/metrics`)).text();
    return value(scrape, 'rapid_fire_redis_script_duration_seconds_count{script="due",outcome="ok"}');
  }

  it('pause hand-off, see that it is paused, and resume it', async () => {
    const paused = await admin.post('/admin/pause');
    expect(paused.body).toMatchObject({ success: true, paused: true, changed: true });
    expect((await admin.post('/admin/pause')).body).toEqual({ ...paused.body, changed: false });
    await admin.message(PHONE, 'now');
    await admin.post(`/admin/batches/${PHONE}/flush`);
    const { body: stats } = await admin.get('/webhook/whatsapp/batched/stats');
    expect(stats).toMatchObject({ paused: true, pausedSince: paused.body.pausedSince, pending: 1, due: 1 });
    const looks = await sweeps();
    await eventually('two more looks of the batcher', sweeps, (now) => now >= looks + 2);
    expect(await queue.getWaitingCount()).toBe(0);

    expect((await admin.post('/admin/resume')).body).toMatchObject({ paused: false, changed: true });
    expect(await nextJob()).toMatchObject({ text: 'now' });
    expect((await admin.get('/webhook/whatsapp/batched/stats')).body).toMatchObject({ paused: false });
  });

  describe('wrong keys', () => {
    it('are refused after too many, while a right one is let in from the same address', async () => {
      const stranger = new AdminClient(webhook, { 'x-api-key': 'a-guess-1' });
      const statuses: number[] = [];
      for (let i = 0; i < 5; i += 1) statuses.push((await stranger.get('/admin/batches')).status);
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      const refused = await stranger.get('/admin/history');
      expect([refused.status, refused.body.status]).toEqual([429, 429]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await admin.get('/admin/batches')).status).toBe(200);
      expect((await new AdminClient(webhook).get('/admin/batches')).status).toBe(401);
      expect((await stranger.message(PHONE, 'no secret is configured for messages')).status).toBe(200);
    });
  });

  describe('the queue’s page', () => {
    const get = (path: string, password?: string): Promise<Response> =>
      fetch(`${webhook.url}/admin/queues${path}`, {
        headers: password === undefined ? {} : { authorization: `Basic ${btoa(`me:${password}`)}` },
      });

    it('asks a browser for the key as its password', async () => {
      const refused = await get('');
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
        401,
        'Basic realm="Rapid-Fire", charset="UTF-8"',
      ]);
      expect((await get('', KEY)).status).toBe(200);
      expect((await get('/api/queues')).status).toBe(401);
    });

    it('shows the page, its files and the queue', async () => {
      const page = await (await get('/', KEY)).text();
      const [, script = ''] = /src="(static\/js\/main[^"]+)"/.exec(page) ?? [];
      expect(page).toContain('<base href="/admin/queues/"');
      expect((await get(`/${script}`, KEY)).headers.get('content-type')).toContain('javascript');
      const { queues } = (await (await get('/api/queues', KEY)).json()) as { queues: { name: string }[] };
      expect(queues).toMatchObject([{ name: 'messages', readOnlyMode: true }]);
    });

    it('changes nothing', async () => {
      const headers = { 'x-api-key': KEY };
      const path = `${webhook.url}/admin/queues/api/queues/messages/pause`;
      expect((await fetch(path, { method: 'PUT', headers })).status).toBe(404);
    });

    it('is the only place where a password will do', async () => {
      const headers = { authorization: `Basic ${btoa(`me:${KEY}`)}` };
      expect((await fetch(`${webhook.url}/admin/pause`, { method: 'POST', headers })).status).toBe(401);
    });
  });

  it('follow a request through the log by its id', async () => {
    const { headers } = await new AdminClient(webhook, { 'x-request-id': 'req-42' }).message(PHONE, 'one');
    expect(headers.get('x-request-id')).toBe('req-42');
    const line = await webhook.waitForLine(/Message: opened.*req-42|req-42.*Message: opened/);
    expect(JSON.parse(line)).toMatchObject({ requestId: 'req-42', conversationId: PHONE });
  });

  it('say nothing to other sites’ pages unless these are configured', async () => {
    const answer = await fetch(`${webhook.url}/health/live`, { headers: { origin: 'https://example.org' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('scrape what both processes count, and no phone', async () => {
    await admin.message(PHONE, 'one', { messageId: 'm1' });
    await admin.message(PHONE, 'one', { messageId: 'm1' });
    await admin.post(`/admin/batches/${PHONE}/flush`);
    await nextJob();
    const [taken, handed] = await Promise.all(
      [webhook, batcher].map(async ({ url }) => (await fetch(`${url}/metrics`)).text()),
    );
    expect(value(taken, 'rapid_fire_messages_accepted_total')).toBeGreaterThan(0);
    expect(value(taken, 'rapid_fire_messages_duplicate_total')).toBe(1);
    expect(value(handed, 'rapid_fire_batches_handed_off_total{reason="manual"}')).toBeGreaterThan(0);
    for (const text of [taken, handed]) {
      expect(value(text, 'rapid_fire_account_balance_messages')).toBe(0);
      expect(value(text, 'rapid_fire_redis_up')).toBe(1);
      expect(value(text, 'rapid_fire_queue_jobs{state="waiting"}')).toBe(1);
      expect(text).not.toContain(PHONE);
    }
  });
});

/** What a scrape says of a metric; NaN where it says nothing. */
function value(scrape: string | undefined, metric: string): number {
  const line = scrape?.split('\n').find((one) => one.startsWith(`${metric} `));
  return Number(line?.slice(metric.length));
}
