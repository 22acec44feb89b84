import { BATCHED, DIRECT, System } from './support/system';

const PHONE = '79001234567';
const OTHER = '79007654321';
const STATS = `${BATCHED}/stats`;

/** A call as the documentation shows it. */
interface Documented {
  requestBody: { content: { 'application/json': { examples: Record<string, { value: unknown }> } } };
}

/** A silence that no test outlasts: what is handed off here was asked for by the direct endpoint. */
const SILENCE_MS = 60_000;

describe('conversations over HTTP', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({ env: { BATCH_TIMEOUT: String(SILENCE_MS) } });
  });

  beforeEach(() => system.redis.flushdb());

  afterAll(() => system.stop());

  function aMessage(message: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
    return { phone: PHONE, message, companyId: 1, ...fields };
  }

  async function store(message: string, fields: Record<string, unknown> = {}, path = BATCHED): Promise<void> {
    expect(await system.post(path, aMessage(message, fields))).toMatchObject({ status: 200 });
  }

  async function textsOf(conversationId: string): Promise<string[][]> {
    const jobs = await system.jobsOf(conversationId, 1);
    return jobs.map(({ data }) => data.messages.map(({ text }) => text));
  }

  it('keeps two companies of one customer apart', async () => {
    await store('to 1', { companyId: 1 });
    await store('to 2', { companyId: 2 });
    await store('more to 1', { companyId: 1 });
    await store('to nobody in particular', { companyId: undefined });
    await store('now 1', { companyId: 1 }, DIRECT);

    expect(await textsOf(`1:${PHONE}`)).toEqual([['to 1', 'more to 1', 'now 1']]);
    expect(await system.redis.llen(`rapid-fire:2:${PHONE}`)).toBe(1);
    expect(await system.redis.llen(`rapid-fire:${PHONE}`)).toBe(1);
    expect(await system.allJobs()).toHaveLength(1);
  });

  it('knows a customer, a company and a message in every spelling', async () => {
    await store('a', { phone: '+7 900 123-45-67' });
    await store('b', { companyId: '1' });
    await store('c', { phone: `${PHONE}@c.us` });
    await store('d', { phone: `${PHONE}:22@s.whatsapp.net` });
    await system.post(BATCHED, { from: '+7 (900) 123-45-67', body: 'e', companyId: 1 });
    await system.post(DIRECT, { from: `${PHONE}@c.us`, text: 'f', companyId: 1 });

    expect(await textsOf(`1:${PHONE}`)).toEqual([['a', 'b', 'c', 'd', 'e', 'f']]);
  });

  it('takes what is pending along with a direct message, in order of the sender’s seconds, then arrival', async () => {
    const second = 1_721_737_327_000;
    await store('later', { timestamp: second + 2_000 });
    await store('typed first, stamped late within its second', { timestamp: second + 900 });
    await store('typed second', { timestamp: second });
    const answer = await system.post(DIRECT, aMessage('last', { timestamp: second + 3_000 }));

    expect(answer.body).toMatchObject({ outcome: 'direct', size: 4 });
    const [job] = await system.jobsOf(`1:${PHONE}`, 1);
    expect(job?.data.flushReason).toBe('direct');
    expect(job?.data.messages.map(({ text }) => text)).toEqual([
      'typed first, stamped late within its second',
      'typed second',
      'later',
      'last',
    ]);
  });

  it('stores a message once, however often and under whatever spelling of its chat it is sent', async () => {
    const first = await system.post(BATCHED, aMessage('once', { messageId: 'm-1' }));
    const again = await system.post(BATCHED, aMessage('once', { messageId: 'm-1', phone: `${PHONE}@c.us` }));
    const direct = await system.post(DIRECT, aMessage('once', { messageId: 'm-1' }));
    const elsewhere = await system.post(BATCHED, aMessage('once', { messageId: 'm-1', companyId: 2 }));

    expect(first.body).toMatchObject({ outcome: 'opened', size: 1 });
    expect(again.body).toMatchObject({ success: true, outcome: 'duplicate', messageId: 'm-1', size: 1 });
    expect(direct.body).toMatchObject({ outcome: 'duplicate', size: 1 });
    expect(elsewhere.body).toMatchObject({ outcome: 'opened' });
    expect(await system.redis.llen(`rapid-fire:1:${PHONE}`)).toBe(1);
    expect((await system.send(STATS)).body.totals).toMatchObject({ accepted: 2, duplicates: 2 });
  });

  it('still knows a message after its batch was handed off', async () => {
    await store('once', { messageId: 'm-1' }, DIRECT);
    await system.jobsOf(`1:${PHONE}`, 1);
    await system.nothingPending();

    const again = await system.post(BATCHED, aMessage('once', { messageId: 'm-1' }));

    expect(again.body).toMatchObject({ outcome: 'duplicate', size: 0, dueAt: null });
    expect(await system.redis.exists(`rapid-fire:1:${PHONE}`)).toBe(0);
  });

  it('answers a list in its order', async () => {
    const messages = ['a', 'b', 'c'].map((message) => ({ phone: PHONE, message, messageId: message }));
    const answer = await system.post(BATCHED, { companyId: 1, messages });

    const { results } = answer.body as { results: Record<string, unknown>[] };
    expect(results.map(({ messageId, outcome, size }) => [messageId, outcome, size])).toEqual([
      ['a', 'opened', 1],
      ['b', 'extended', 2],
      ['c', 'extended', 3],
    ]);
  });

  it('keeps the predecessor’s fields and keys, and lets none of them expire', async () => {
    await store('Привет,', { timestamp: 1_721_737_327_000, metadata: { name: 'Анна' }, companyId: 962302 });

    const [element] = await system.redis.lrange(`rapid-fire:962302:${PHONE}`, 0, -1);
    expect(JSON.parse(element ?? '')).toMatchObject({
      message: 'Привет,',
      companyId: 962302,
      timestamp: 1_721_737_327_000,
      metadata: { name: 'Анна' },
    });
    expect(await system.redis.get(`last-msg:962302:${PHONE}`)).toMatch(/^\d{13}$/);
    expect(await system.redis.ttl(`rapid-fire:962302:${PHONE}`)).toBe(-1);
    expect(await system.redis.ttl(`last-msg:962302:${PHONE}`)).toBe(-1);
  });

  it('hands on metadata as they came and of media the references only', async () => {
    const metadata = { constructor: 1, list: [], long: '240000000000000000001', when: '2024-07-23' };
    const media = { url: 'https://gateway.example/1', mimeType: 'image/jpeg', caption: 'this one' };
    await store(
      '',
      { metadata, media: { ...media, base64: 'AAAA' }, message: undefined, unknown: 1 },
      DIRECT,
    );

    const [job] = await system.jobsOf(`1:${PHONE}`, 1);
    expect(job?.data.text).toBe('this one');
    expect(job?.data.messages[0]).toMatchObject({ text: 'this one', metadata, media });
    expect(job?.data.messages[0]?.media).toEqual({ ...media, type: 'image' });
  });

  it('merges what is sent from the documentation’s page in the order of sending', async () => {
    const { paths } = (await system.send('/docs-json')).body as {
      paths: Record<string, { post: Documented }>;
    };
    const examples = paths[BATCHED]?.post.requestBody.content['application/json'].examples ?? {};
    for (const name of ['one', 'identified', 'several']) await system.post(BATCHED, examples[name]?.value);
    await system.post(DIRECT, { phone: PHONE, companyId: 962302, message: 'last' });

    expect(await textsOf(`962302:${PHONE}`)).toEqual([
      ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари', 'last'],
    ]);
  });

  it('ignores what is never answered: statuses, groups, our own messages', async () => {
    const before = await system.contents();
    for (const [fields, reason] of [
      [{ phone: 'status@broadcast' }, 'status-post'],
      [{ phone: '120363000000000000@g.us' }, 'group'],
      [{ fromMe: true }, 'human-reply'],
    ] as const) {
      const answer = await system.post(BATCHED, aMessage('hello', fields));
      expect(answer).toMatchObject({ status: 200, body: { success: true, outcome: 'ignored', reason } });
    }
    // A colleague's words are kept for the bot, beside the conversation.
    const words = `rapid-fire-colleague-words:1:${PHONE}`;
    expect(await system.contents()).toEqual({ ...before, [words]: expect.any(String) as unknown });
  });

  describe('clearing', () => {
    const clear = (phone: string, query = ''): ReturnType<System['send']> =>
      system.send(`${BATCHED}/${encodeURIComponent(phone)}${query}`, { method: 'DELETE' });

    it('removes one company’s batch of a customer', async () => {
      await store('a', { companyId: 1 });
      await store('b', { companyId: 2 });

      const answer = await clear(`${PHONE}@c.us`, '?companyId=1');

      expect(answer).toMatchObject({
        status: 200,
        body: { success: true, cleared: { conversations: 1, messages: 1 }, claimed: 0 },
      });
      expect(await system.redis.exists(`rapid-fire:1:${PHONE}`)).toBe(0);
      expect(await system.redis.llen(`rapid-fire:2:${PHONE}`)).toBe(1);
    });

    it('removes every company’s batch of a customer, and no other', async () => {
      await store('a', { companyId: 1 });
      await store('b', { companyId: 2 });
      await store('c', { companyId: undefined });
      await store('d', { phone: OTHER });

      expect((await clear('+7 900 123-45-67')).body.cleared).toEqual({ conversations: 3, messages: 3 });
      expect((await system.send(STATS)).body).toMatchObject({
        pending: 1,
        messages: 1,
        totals: { cleared: 3 },
        balance: 0,
      });
    });

    it('says 404 where nothing is pending', async () => {
      await store('a', { companyId: 2 });
      for (const answer of [await clear(OTHER), await clear(PHONE, '?companyId=1')]) {
        expect(answer).toMatchObject({ status: 404, type: 'application/problem+json' });
      }
    });
  });

  it('counts what is there', async () => {
    await store('a');
    await store('b');
    await store('c', { companyId: 2 });

    const { body } = await system.send(STATS);

    const port = system.server.port;
    const zero = {
      duplicates: 0,
      delivered: 0,
      cleared: 0,
      revoked: 0,
      blocked: 0,
      erased: 0,
      merged: 0,
      buried: 0,
    };
    expect(body).toMatchObject({
      pending: 2,
      messages: 3,
      claimed: 0,
      due: 0,
      deadLetters: 0,
      sizes: { min: 1, max: 2, avg: 1.5 },
      totals: { accepted: 3, ...zero },
      balance: 0,
      config: { batchTimeout: SILENCE_MS, maxBatchSize: 10 },
      redis: { address: `127.0.0.1:${port}`, db: 0, runId: expect.stringMatching(/^\w{40}$/) as string },
    });
    expect(body.oldestAgeMs).toBeGreaterThanOrEqual(0);
  });
});
