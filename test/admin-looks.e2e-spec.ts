import type { AdminClient } from './support/admin-client';
import { eventually } from './support/eventually';
import { OperatorStage, PHONE } from './support/operator-stage';

describe('operators who look', () => {
  let stage: OperatorStage;
  let admin: AdminClient;

  beforeAll(async () => {
    stage = await OperatorStage.start();
    admin = stage.admin;
  });
  beforeEach(() => stage.client.flushall());
  afterAll(() => stage.stop());

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
        channel: 'whatsapp',
        companyId: 7,
        state: 'open',
        size: 2,
        firstMessageAt: expect.any(Number) as number,
        lastMessageAt: (stored.dueAt as number) - 60_000,
        dueAt: stored.dueAt,
        claim: null,
        turn: null,
      },
    ]);
  });

  it.each([962302, '962302', 'salon'])(
    'see the company as it was given, in batches and history: %p',
    async (companyId) => {
      await admin.message(PHONE, 'hello', { companyId });
      const [open] = (await admin.get('/admin/batches')).body.items as { companyId: unknown }[];
      const { companyId: inOne } = (await admin.get(`/admin/batches/${PHONE}`)).body;
      await admin.post(`/admin/batches/${PHONE}/flush`);
      const job = await stage.nextJob();
      const history = await eventually(
        'the batch is settled',
        async () => (await admin.get('/admin/history')).body.items as { companyId: unknown }[],
        ({ length }) => length > 0,
      );
      expect([open?.companyId, inOne, job.companyId, history[0]?.companyId]).toEqual(
        Array(4).fill(companyId),
      );
    },
  );

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
    expect((await admin.get(`/admin/batches/${PHONE}?companyId=2`)).body.companyId).toBe(2);
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
