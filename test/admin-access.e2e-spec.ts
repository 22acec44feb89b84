import { AdminClient } from './support/admin-client';
import { eventually } from './support/eventually';
import { KEY, metricOf, OperatorStage, PHONE } from './support/operator-stage';

describe('access to what is for operators', () => {
  let stage: OperatorStage;
  let admin: AdminClient;

  beforeAll(async () => {
    stage = await OperatorStage.start();
    admin = stage.admin;
  });
  beforeEach(() => stage.client.flushall());
  afterAll(() => stage.stop());

  describe('wrong keys', () => {
    it('are refused after too many, while a right one is let in from the same address', async () => {
      const stranger = new AdminClient(stage.webhook, { 'x-api-key': 'a-guess-1' });
      const statuses: number[] = [];
      for (let i = 0; i < 5; i += 1) statuses.push((await stranger.get('/admin/batches')).status);
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      const refused = await stranger.get('/admin/history');
      expect([refused.status, refused.body.status]).toEqual([429, 429]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await admin.get('/admin/batches')).status).toBe(200);
      expect((await new AdminClient(stage.webhook).get('/admin/batches')).status).toBe(401);
      expect((await stranger.message(PHONE, 'no secret is configured for messages')).status).toBe(200);
    });
  });

  describe('the queue’s page', () => {
    const get = (path: string, password?: string): Promise<Response> =>
      fetch(`${stage.webhook.url}/admin/queues${path}`, {
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
      const path = `${stage.webhook.url}/admin/queues/api/queues/messages/pause`;
      expect((await fetch(path, { method: 'PUT', headers })).status).toBe(404);
    });

    it('is the only place where a password will do', async () => {
      const headers = { authorization: `Basic ${btoa(`me:${KEY}`)}` };
      expect((await fetch(`${stage.webhook.url}/admin/pause`, { method: 'POST', headers })).status).toBe(401);
    });
  });

  it('follow a request through the log by its id', async () => {
    const { headers } = await new AdminClient(stage.webhook, { 'x-request-id': 'req-42' }).message(
      PHONE,
      'one',
    );
    expect(headers.get('x-request-id')).toBe('req-42');
    const line = await stage.webhook.waitForLine(/Message: opened.*req-42|req-42.*Message: opened/);
    expect(JSON.parse(line)).toMatchObject({ requestId: 'req-42', conversationId: PHONE });
  });

  it('say nothing to other sites’ pages unless these are configured', async () => {
    const answer = await fetch(`${stage.webhook.url}/health/live`, {
      headers: { origin: 'https://example.org' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('scrape what both processes count, and no phone', async () => {
    await admin.message(PHONE, 'one', { messageId: 'm1' });
    await admin.message(PHONE, 'one', { messageId: 'm1' });
    await admin.post(`/admin/batches/${PHONE}/flush`);
    await stage.nextJob();
    const { webhook, batcher } = stage;
    expect(await metricOf(webhook, 'rapid_fire_messages_accepted_total')).toBeGreaterThan(0);
    expect(await metricOf(webhook, 'rapid_fire_messages_duplicate_total')).toBe(1);
    await eventually(
      'a batch counted',
      () => metricOf(batcher, 'rapid_fire_batches_handed_off_total{reason="manual"}'),
      (count) => count > 0,
    );
    for (const app of [webhook, batcher]) {
      expect(await metricOf(app, 'rapid_fire_account_balance_messages')).toBe(0);
      expect(await metricOf(app, 'rapid_fire_redis_up')).toBe(1);
      expect(await metricOf(app, 'rapid_fire_queue_jobs{state="waiting"}')).toBe(1);
      expect(await (await fetch(`${app.url}/metrics`)).text()).not.toContain(PHONE);
    }
  });
});
