import type { AdminClient } from './support/admin-client';
import { metricOf, OperatorStage, PHONE } from './support/operator-stage';

const VERBS = `/admin/conversations/${PHONE}`;
const HOUR_MS = 3_600_000;

describe('operators who steer a conversation', () => {
  let stage: OperatorStage;
  let admin: AdminClient;

  beforeAll(async () => {
    stage = await OperatorStage.start();
    admin = stage.admin;
  });
  beforeEach(() => stage.client.flushall());
  afterAll(() => stage.stop());

  const minutesUntil = (until: unknown): number => Math.round((Number(until) - Date.now()) / 60_000);

  it('hold it: what is typed waits, until it is released', async () => {
    await admin.message(PHONE, 'one');
    const before = (await admin.get(`/admin/batches/${PHONE}`)).body.dueAt as number;
    const { status, body } = await admin.post(`${VERBS}/hold?minutes=90`);
    expect([status, minutesUntil(body.until)]).toEqual([200, 90]);
    expect(body).toMatchObject({ success: true, conversations: [PHONE] });
    expect((await admin.get(`/admin/batches/${PHONE}`)).body.dueAt).toBe(body.until);
    expect((await admin.post(`${VERBS}/release`)).body).toMatchObject({ success: true, until: null });
    expect((await admin.get(`/admin/batches/${PHONE}`)).body.dueAt).toBe(before);
    expect((await admin.post(`${VERBS}/hold`)).body.until).toBeGreaterThan(Date.now());
  });

  it('block it: what is written is ignored with a reason, counted, and stored again afterwards', async () => {
    await admin.post(`${VERBS}/block`);
    const { status, body } = await admin.message(PHONE, 'spam', { messageId: 'm1' });
    expect([status, body]).toEqual([200, expect.objectContaining({ outcome: 'ignored', reason: 'blocked' })]);
    const { totals, balance } = (await admin.get('/webhook/whatsapp/batched/stats')).body;
    expect([totals, balance]).toEqual([expect.objectContaining({ accepted: 0, blocked: 1 }), 0]);
    expect(await metricOf(stage.webhook, 'rapid_fire_messages_blocked_total')).toBe(1);
    await admin.post(`${VERBS}/unblock`);
    expect((await admin.message(PHONE, 'ham', { messageId: 'm1' })).body.outcome).toBe('opened');
  });

  it('see what they have ordered, so that nothing is forgotten', async () => {
    await admin.post(`${VERBS}/mute`);
    await admin.post(`${VERBS}/hold?minutes=60&companyId=7`);
    const { items } = (await admin.get('/admin/steered')).body as { items: object[] };
    expect(items).toEqual([
      { order: 'hold', conversationId: `7:${PHONE}`, until: expect.any(Number) as number },
      { order: 'mute', conversationId: PHONE, until: null },
    ]);
    await admin.post(`${VERBS}/unmute`);
    await admin.post(`${VERBS}/release`);
    expect((await admin.get('/admin/steered')).body).toEqual({ items: [] });
  });

  it('mean every company of a customer, or one', async () => {
    await admin.message(PHONE, 'one', { companyId: 7 });
    await admin.message(PHONE, 'two', { companyId: 8 });
    const all = [`7:${PHONE}`, `8:${PHONE}`];
    expect((await admin.post(`${VERBS}/mute?minutes=5`)).body.conversations).toEqual(all);
    expect((await admin.post(`${VERBS}/mute?companyId=8`)).body).toMatchObject({
      until: null,
      conversations: [`8:${PHONE}`],
    });
    expect((await admin.post(`${VERBS}/unmute`)).body.conversations).toEqual(all);
  });

  it('mean the person, whichever id they write under', async () => {
    await admin.post(`${VERBS}/block`);
    const lid = '241758390126644@lid';
    const body = { phone: lid, message: 'one', senderPn: `${PHONE}@s.whatsapp.net` };
    const key = `rapid-fire-alias:wa-lid:241758390126644`;
    await stage.client.set(key, PHONE);
    expect((await admin.post('/webhook/whatsapp/batched', body)).body.reason).toBe('blocked');
    expect((await admin.post('/admin/conversations/wa-lid:241758390126644/unblock')).status).toBe(200);
    expect((await admin.message(lid, 'two')).body).toMatchObject({
      outcome: 'opened',
      conversationId: PHONE,
    });
  });

  it.each(['mute?minutes=0', 'mute?minutes=x', 'hold?minutes=1441', 'unmute?minutes=5', 'block?company=7'])(
    'are told of a wrong parameter: %s',
    async (call) => {
      expect((await admin.post(`${VERBS}/${call}`)).status).toBe(400);
      expect((await admin.get('/admin/steered')).body).toEqual({ items: [] });
    },
  );

  it('are remembered, with what they did, and the customer’s phone masked', async () => {
    await admin.post('/admin/conversations/+7 (900) 123-45-67/mute?minutes=60&companyId=7');
    await admin.post(`/admin/batches/${PHONE}/flush`);
    const first = (await admin.get('/admin/audit-log?limit=1')).body;
    const second = (await admin.get(`/admin/audit-log?limit=1&cursor=${first.cursor as string}`)).body;
    const items = [first, second].flatMap((page) => page.items as { at: number; time: string }[]);
    const who = { who: 'operator', id: expect.any(String) as string };
    const masked = expect.stringMatching(/^7900…67(#[a-z]{10})?$/) as string;
    expect(items).toMatchObject([
      { ...who, what: 'POST /admin/batches/:phone/flush', on: { phone: masked }, status: 404 },
      {
        ...{ ...who, what: 'POST /admin/conversations/:phone/mute', status: 200 },
        on: { phone: masked, minutes: '60', companyId: '7' },
        result: { success: true },
      },
    ]);
    expect(Math.abs(Date.now() - (items[0]?.at ?? 0))).toBeLessThan(HOUR_MS);
    expect(items[0]?.time).toBe(new Date(items[0]?.at ?? 0).toISOString());
    expect(JSON.stringify(items)).not.toContain(PHONE);
  });
});
