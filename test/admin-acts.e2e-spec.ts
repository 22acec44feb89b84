import type { AdminClient } from './support/admin-client';
import { eventually } from './support/eventually';
import { metricOf, OperatorStage, PHONE } from './support/operator-stage';

describe('operators who act', () => {
  let stage: OperatorStage;
  let admin: AdminClient;

  beforeAll(async () => {
    stage = await OperatorStage.start();
    admin = stage.admin;
  });
  beforeEach(() => stage.client.flushall());
  afterAll(() => stage.stop());

  it('flush what waits: it is handed off at once, and said to be so', async () => {
    await admin.message(PHONE, 'one');
    const { body } = await admin.post(`/admin/batches/${PHONE}/flush`);
    expect(body).toEqual({ success: true, flushed: { conversations: 1, messages: 1 } });
    expect(await stage.nextJob()).toMatchObject({ text: 'one', flushReason: 'manual' });
    await stage.webhook.waitForLine(/Flushed a batch/);
    expect((await admin.post('/admin/batches/79009999999/flush')).status).toBe(404);
  });

  it('leave a note in the customer’s timeline, whatever they did', async () => {
    await admin.message(PHONE, 'lost?');
    await stage.deadLetter('b-dead');
    await admin.post('/admin/dead-letters/b-dead/redrive');
    await stage.nextJob();
    await admin.message(PHONE, 'more');
    await admin.delete(`/webhook/whatsapp/batched/${PHONE}`);
    await admin.post(`/admin/conversations/${PHONE}/block?minutes=5`);
    await admin.post(`/admin/conversations/${PHONE}/mute?minutes=5`);
    const notes = await eventually(
      'the notes',
      async () =>
        (await stage.client.xrange(`rapid-fire-timeline:${PHONE}`, '-', '+')).map(([, [, note]]) => note),
      (found) => found.join().includes('mute'),
    );
    const acts = notes.map((note = '{}') => JSON.parse(note) as { kind: string; act?: string; by: string });
    expect(acts).toMatchObject(
      ['clear', 'redrive', 'clear', 'block', undefined].map((act) => ({
        by: 'operator',
        ...(act && { act }),
      })),
    );
  });

  describe('replaying', () => {
    it('hands the same message off again as a new job that says what it repeats', async () => {
      await admin.message(PHONE, 'once');
      await admin.message(PHONE, 'more');
      await admin.post(`/admin/batches/${PHONE}/flush`);
      const original = await stage.nextJob();
      await eventually(
        'its place in the history',
        () => admin.get('/admin/history'),
        ({ body }) => (body.items as unknown[]).length > 0,
      );
      const { status, body } = await admin.post(`/admin/history/${original.batchId}/replay`);
      expect(status).toBe(200);
      const replayed = await stage.nextJob([original.batchId]);
      expect(replayed).toEqual({
        ...original,
        batchId: body.batchId,
        flushReason: 'replay',
        flushedAt: replayed.flushedAt,
        replayOf: original.batchId,
      });
      expect((await admin.get('/webhook/whatsapp/batched/stats')).body.balance).toBe(0);
      await stage.webhook.waitForLine(/Replayed a batch/);
    });

    it('knows only what the history holds', async () => {
      expect((await admin.post('/admin/history/b-unknown/replay')).status).toBe(404);
    });
  });

  describe('dead letters', () => {
    it('are shown with the reason, and handed off again under their own id', async () => {
      await admin.message(PHONE, 'lost?');
      await stage.deadLetter('b-dead');
      const { body } = await admin.get('/admin/dead-letters');
      expect(body).toMatchObject({ items: [{ batchId: 'b-dead', error: 'refused' }], cursor: null });
      expect((await admin.post('/admin/dead-letters/b-dead/redrive')).status).toBe(200);
      expect(await stage.nextJob()).toMatchObject({ batchId: 'b-dead', text: 'lost?' });
      expect((await admin.post('/admin/dead-letters/b-dead/redrive')).status).toBe(404);
    });

    it('wait where another batch of their conversation is in hand', async () => {
      await admin.message(PHONE, 'first');
      await stage.deadLetter('b-first');
      await admin.message(PHONE, 'second');
      await stage.deadLetter('b-second');
      await admin.post('/admin/pause');
      expect((await admin.post('/admin/dead-letters/b-first/redrive')).status).toBe(200);
      expect((await admin.post('/admin/dead-letters/b-second/redrive')).status).toBe(409);
      const { body } = await admin.get(`/admin/batches/${PHONE}`);
      expect(body).toMatchObject({ state: 'claimed', size: 1, dueAt: null, claim: { batchId: 'b-first' } });
    });

    it('are deleted for good, and the accounts still balance', async () => {
      await admin.message(PHONE, 'unwanted');
      await stage.deadLetter('b-dead');
      expect((await admin.delete('/admin/dead-letters/b-dead')).body).toMatchObject({ messages: 1 });
      expect((await admin.delete('/admin/dead-letters/b-dead')).status).toBe(404);
      const { body } = await admin.get('/webhook/whatsapp/batched/stats');
      expect([body.deadLetters, body.balance]).toEqual([0, 0]);
    });

    it('are handed off again all at once, those of a company and a time, none of them twice', async () => {
      for (const [name, companyId, at] of [
        ['a', 7, 1_000],
        ['b', 8, 2_000],
        ['c', 7, 3_000],
      ] as const) {
        await admin.message(PHONE, name);
        await stage.deadLetter(`b-${name}`);
        await stage.client.hset(
          `rapid-fire-dead:b-${name}`,
          'conversation',
          `${companyId}:7900123456${name.length}`,
        );
        await stage.client.zadd('rapid-fire-dead-letters', at, `b-${name}`);
      }
      const redrive = (query: string): Promise<Record<string, unknown>> =>
        admin.post(`/admin/dead-letters/redrive${query}`).then(({ body }) => body);
      expect(await redrive('?companyId=7&since=1970-01-01T00:00:02Z')).toMatchObject({
        redriven: 1,
        more: false,
      });
      expect(await stage.nextJob()).toMatchObject({ batchId: 'b-c' });
      expect(await redrive('?stage=worker')).toMatchObject({ redriven: 0 });
      expect(await redrive('?before=1000')).toMatchObject({ redriven: 1, busy: 0, before: 1000 });
      expect(await redrive('')).toMatchObject({ redriven: 1 });
      expect(await redrive('')).toMatchObject({ redriven: 0 });
      expect((await admin.post('/admin/dead-letters/redrive?since=yesterday')).status).toBe(400);
      const notes = await eventually(
        'a note of each',
        () => stage.client.xrange('rapid-fire-timeline:79001234561', '-', '+'),
        ({ length }) => length === 3,
      );
      const acts = notes.map(([, [, note = '{}']]) => JSON.parse(note) as { act: string; batchId: string });
      expect(acts).toMatchObject(['b-c', 'b-a', 'b-b'].map((batchId) => ({ act: 'redrive', batchId })));
    });

    it('are paged without missing any when one is deleted in between', async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        await admin.message(PHONE, name);
        await stage.deadLetter(`b-${name}`);
        await stage.client.zadd('rapid-fire-dead-letters', name.charCodeAt(0), `b-${name}`);
        await stage.client.hset(`rapid-fire-dead:b-${name}`, 'buriedAt', name.charCodeAt(0));
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
  const sweeps = (): Promise<number> =>
    metricOf(stage.batcher, 'rapid_fire_redis_script_duration_seconds_count{script="due",outcome="ok"}');

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
    expect(await stage.queue.getWaitingCount()).toBe(0);

    expect((await admin.post('/admin/resume')).body).toMatchObject({ paused: false, changed: true });
    expect(await stage.nextJob()).toMatchObject({ text: 'now' });
    expect((await admin.get('/webhook/whatsapp/batched/stats')).body).toMatchObject({ paused: false });
  });
});
