import { AdminClient } from './support/admin-client';
import { AppProcess } from './support/app-process';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import type { Answer } from './support/http';
import { sendJson } from './support/stand-in';

const KEYS = 'anna:operate:a-key-for-acts,eve:read:a-key-to-look';
const SETTINGS = '/admin/companies/7/settings';
/** It is promised within a second; a busy machine may take longer for anything. */
const GENEROUS_MS = 10_000;

/** After so many failed calls in a row a bot counts as away. */
const FAILURES_TO_OPEN = 3;

interface Setting {
  key: string;
  value: unknown;
  source: string;
}

describe('the settings of a company at run time', () => {
  let stage: BotStage;
  let other: AppProcess;
  let anna: AdminClient;
  let eve: AdminClient;
  let seq = 0;

  beforeAll(async () => {
    stage = await BotStage.start({ ADMIN_API_KEY: KEYS }, { appendonly: true });
    // It is restarted.
    stage.client.on('error', () => undefined);
    const { url, port } = stage.redis;
    const shared = { REDIS_URL: url, REDIS_ALLOWED_PORTS: String(port), ADMIN_API_KEY: KEYS };
    other = await AppProcess.start('webhook', { ...shared, BATCH_TIMEOUT: '300' });
    anna = new AdminClient(stage.webhook, { 'x-api-key': 'a-key-for-acts' });
    eve = new AdminClient(stage.webhook, { 'x-api-key': 'a-key-to-look' });
  });
  beforeEach(() => {
    for (const { heard } of [stage.bot, stage.gateway]) heard.length = 0;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'an answer' });
  });
  afterEach(async () => {
    await anna.delete(SETTINGS);
    await atWorker((line) => !isOff(line));
  });
  afterAll(async () => {
    await other.terminate();
    await stage.stop();
  });

  const aPhone = (): string => String(79_001_000_000 + (seq += 1));

  const write = (phone: string, companyId: number | null = 7): Promise<Answer> =>
    anna.message(phone, 'hello', companyId === null ? {} : { companyId });

  async function inEffect(client: AdminClient, key: string): Promise<Setting | undefined> {
    const { body } = await client.get(SETTINGS);
    return (body.inEffect as Setting[]).find((setting) => setting.key === key);
  }

  /** How the jobs of a customer have ended. */
  const endsOf = async (phone: string): Promise<unknown[]> =>
    (await stage.queue.getJobs(['completed']))
      .filter(({ data }) => data.phone === phone)
      .map(({ returnvalue }) => (returnvalue as { outcome: string } | null)?.outcome);

  const atWorker = (isSo: (line: string) => boolean): Promise<string> =>
    eventually('the worker', () => Promise.resolve(lastReadBy(stage.workers[0])), isSo);

  const ended = (phone: string, outcome: string): Promise<unknown[]> =>
    eventually(
      `a batch that ends as ${outcome}`,
      () => endsOf(phone),
      (ends) => ends.includes(outcome),
    );

  it('are in effect in every process within a second', async () => {
    const atOther = new AdminClient(other, { 'x-api-key': 'a-key-to-look' });
    const readBy = ({ lines }: AppProcess): string[] => lines.filter((line) => /run time read/.test(line));
    const before = [stage.batcher, ...stage.workers].map((app) => readBy(app).length);
    const begun = performance.now();
    await anna.put(SETTINGS, { window: { batchTimeout: 400 }, bot: 'off' });
    const took = async (what: Promise<unknown>): Promise<number> => {
      await what;
      return Math.round(performance.now() - begun);
    };
    expect(await inEffect(anna, 'window.batchTimeout')).toMatchObject({ value: 400, source: 'run-time' });
    const times = await Promise.all([
      took(
        eventually(
          'the other webhook',
          () => inEffect(atOther, 'bot'),
          (bot) => bot?.value === 'off',
        ),
      ),
      ...[stage.batcher, ...stage.workers].map((app, i) =>
        took(
          eventually(
            app.name,
            () => Promise.resolve(readBy(app).length),
            (n) => n > (before[i] ?? 0),
          ),
        ),
      ),
    ]);
    process.stdout.write(
      `settings at run time: in effect in webhook, batcher, worker after ${times.join(', ')} ms\n`,
    );
    for (const ms of times) expect(ms).toBeLessThan(GENEROUS_MS);
  });

  it('say what is in effect, and where each value comes from; DELETE takes them back', async () => {
    await anna.put(SETTINGS, { window: { batchTimeoutByType: { audio: 5000 } } });
    const { body } = await anna.get(SETTINGS);
    expect(body).toMatchObject({
      ...{ companyId: '7', isNamed: false },
      runTime: { settings: { window: { batchTimeoutByType: { audio: 5000 } } }, by: 'anna', problems: [] },
    });
    expect(body.inEffect).toEqual(
      expect.arrayContaining([
        { key: 'window.batchTimeout', value: 300, source: 'environment' },
        { key: 'window.batchTimeoutByType', value: { audio: 5000 }, source: 'run-time' },
        { key: 'bot', value: 'on', source: 'environment' },
      ]),
    );
    expect((await anna.delete(SETTINGS)).body).toMatchObject({ runTime: null });
    expect((await anna.delete(SETTINGS)).status).toBe(404);
  });

  it('are checked by the rules of the companies file: 400 names every field at fault, and nothing changes', async () => {
    await anna.put(SETTINGS, { window: { batchTimeout: 500 } });
    const refused = await anna.put(SETTINGS, {
      window: { batchTimeout: 120_000, maxBatchSize: 0, colour: 'red' },
      bot: 'maybe',
    });
    expect(refused.status).toBe(400);
    const fields = (refused.body.errors as { field: string }[]).map(({ field }) => field).sort();
    // The longest wait is at fault by a rule between two values.
    expect(fields).toEqual(['bot', 'window.batchMaxWait', 'window.colour', 'window.maxBatchSize']);
    expect(await inEffect(anna, 'window.batchTimeout')).toMatchObject({ value: 500 });
    for (const id of ['a b', '..%2f', '-x'])
      expect((await anna.put(`/admin/companies/${id}/settings`, { bot: 'off' })).status).toBe(400);
  });

  it('are not overwritten by an operator who has read what was before', async () => {
    const etag = ({ headers, body }: Answer): Record<string, string> => {
      expect(headers.get('etag')).toBe(`"${String(body.version)}"`);
      return { 'if-match': headers.get('etag') ?? '' };
    };
    const before = etag(await anna.get(SETTINGS));
    const annas = etag(await anna.put(SETTINGS, { window: { batchTimeout: 500 } }, before));
    const late = await anna.put(SETTINGS, { bot: 'off' }, before);
    expect(late).toMatchObject({ status: 412, type: 'application/problem+json' });
    expect(late.body.detail).toMatch(/^Somebody has changed these settings/);
    expect((await anna.delete(SETTINGS, before)).status).toBe(412);
    expect((await anna.get(SETTINGS)).body.runTime).toMatchObject({
      settings: { window: { batchTimeout: 500 } },
    });
    expect((await anna.put(SETTINGS, { bot: 'on' }, { 'if-match': '*' })).status).toBe(200);
    expect((await anna.delete(SETTINGS, annas)).status).toBe(412);
    expect((await anna.delete(SETTINGS, etag(await anna.get(SETTINGS)))).status).toBe(200);
  });

  it('need the role operate, and each act is in the audit log', async () => {
    expect((await eve.get(SETTINGS)).status).toBe(200);
    expect((await eve.put(SETTINGS, { bot: 'off' })).status).toBe(403);
    expect((await eve.delete(SETTINGS)).status).toBe(403);
    expect(await inEffect(anna, 'bot')).toMatchObject({ value: 'on' });
    await anna.put(SETTINGS, { bot: 'off' });
    await anna.put(SETTINGS, { bot: 'maybe' });
    await anna.delete(SETTINGS);
    const { items } = (await anna.get('/admin/audit-log?limit=3')).body as { items: object[] };
    const act = { who: 'anna', on: { id: '7' } };
    expect(items).toMatchObject([
      { ...act, what: 'DELETE /admin/companies/:id/settings', status: 200 },
      { ...act, what: 'PUT /admin/companies/:id/settings', status: 400, result: 'Not valid: bot.' },
      { ...act, what: 'PUT /admin/companies/:id/settings', status: 200 },
    ]);
  });

  it('switch the bot of one company off: nothing is lost, and what comes once it is on again is answered', async () => {
    await anna.put(SETTINGS, { bot: 'off' });
    await atWorker(isOff);
    const [phone, control] = [aPhone(), aPhone()];
    await write(phone);
    await write(control, 8);
    await ended(phone, 'muted');
    await ended(control, 'delivered');
    expect(stage.bot.heard.map(({ body }) => (JSON.parse(body) as { phone: string }).phone)).toEqual([
      control,
    ]);
    const { entries } = (await anna.get(`/admin/conversations/${phone}/timeline?companyId=7`)).body as {
      entries: { kind: string }[];
    };
    expect(entries.find(({ kind }) => kind === 'mute')).toMatchObject({
      says: 'The bot is switched off for the company 7: nothing is answered',
      mend: 'PUT or DELETE /admin/companies/7/settings',
    });
    await anna.delete(SETTINGS);
    await atWorker((line) => !isOff(line));
    await write(phone);
    await ended(phone, 'delivered');
    const { items } = (await anna.get(`/admin/history?phone=${phone}`)).body as { items: unknown[] };
    expect(items.length).toBe(2);
    expect((await anna.get('/webhook/whatsapp/batched/stats')).body).toMatchObject({
      balance: 0,
      deadLetters: 0,
    });
  });

  it('stop an answer that the bot gives after it was switched off', async () => {
    let answer: () => void = () => undefined;
    stage.bot.answer = (_, response) => {
      answer = () => sendJson(response, 200, { reply: 'too late' });
    };
    const phone = aPhone();
    await write(phone);
    await stage.bot.hears(1);
    await anna.put(SETTINGS, { bot: 'off' });
    await atWorker(isOff);
    answer();
    await ended(phone, 'muted');
    expect(stage.gateway.heard.map(({ body }) => body).join()).not.toContain('too late');
  });

  it('end what waits for a bot that is away once it is switched off, and leave what waits for others’', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 503, {});
    const [phone, control] = [aPhone(), aPhone()];
    await write(control, 8);
    await stage.bot.hears(FAILURES_TO_OPEN);
    await write(phone);
    const parked = async (): Promise<unknown[]> =>
      (await stage.queue.getDelayed())
        .filter(({ progress }) => (progress as { awaiting?: { isParked: boolean } }).awaiting?.isParked)
        .map(({ data }) => data.phone);
    await eventually('both wait for the bot', parked, (phones) => phones.length === 2);
    await anna.put(SETTINGS, { bot: 'off' });
    await ended(phone, 'muted');
    expect(await endsOf(control)).toEqual([]);
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'hello' });
    await ended(control, 'delivered');
    expect((await anna.get('/webhook/whatsapp/batched/stats')).body).toMatchObject({ balance: 0 });
  });

  it('slow down a customer who writes too much, until the minute is over or an operator flushes', async () => {
    await anna.put(SETTINGS, { window: { maxMessagesPerMinute: 1, maxBatchSize: 2 } });
    const phone = aPhone();
    const begun = Date.now();
    await write(phone);
    await ended(phone, 'delivered');
    await write(phone);
    // A full window waits too, and its time is that of the first message's minute.
    const { outcome, dueAt } = (await write(phone)).body as { outcome: string; dueAt: number };
    expect(outcome).toBe('full');
    expect(dueAt - begun).toBeGreaterThan(30_000);
    expect((await anna.get('/webhook/whatsapp/batched/stats')).body).toMatchObject({ totals: { slowed: 2 } });
    await anna.post(`/admin/batches/${phone}/flush?companyId=7`);
    await eventually(
      'both answered',
      () => endsOf(phone),
      (ends) => ends.length === 2,
    );
  });

  it('may be given to conversations without a company', async () => {
    await anna.put('/admin/companies/-/settings', { bot: 'off' });
    await atWorker(isOff);
    const [phone, control] = [aPhone(), aPhone()];
    await write(phone, null);
    await write(control, 8);
    await ended(phone, 'muted');
    await ended(control, 'delivered');
    await anna.delete('/admin/companies/-/settings');
  });

  it('that were written by hand, and wrongly, are ignored with one warning each, and can be replaced', async () => {
    const path = (id: string): string => `/admin/companies/${id}/settings`;
    await stage.client.hset('rapid-fire-company-settings', {
      c1: 'null',
      c2: '7',
      c3: '[]',
      c4: '"off"',
      c5: '{',
    });
    await anna.put(SETTINGS, { bot: 'off' });
    const warned =
      /What the company c(\d) was given at run time is not in effect: settings must be a mapping/;
    const apps = [stage.webhook, stage.batcher, ...stage.workers];
    const warnings = ({ lines }: AppProcess): string[] =>
      lines.flatMap((line) => warned.exec(line)?.[1] ?? []).sort();
    for (const begin of [() => Promise.resolve(), () => Promise.all(apps.map((app) => app.restart()))]) {
      await begin();
      await atWorker(isOff);
      for (const app of apps)
        await eventually(
          app.name,
          () => Promise.resolve(warnings(app)),
          (seen) => seen.join() === '1,2,3,4,5',
        );
    }
    expect(await inEffect(anna, 'bot')).toMatchObject({ value: 'off' });
    const { body } = await anna.get(path('c1'));
    expect(body.runTime).toMatchObject({ problems: [expect.any(String)] });
    expect((await anna.put(path('c1'), { bot: 'on' })).body.runTime).toMatchObject({ problems: [] });
    for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) expect((await anna.delete(path(id))).status).toBe(200);
    for (const app of apps) expect(warnings(app)).toHaveLength(5);
  });

  it('that are in place of all by hand keep no process from starting, and can be removed', async () => {
    const key = 'rapid-fire-company-settings';
    await stage.client.set(key, 'by hand');
    await stage.webhook.restart();
    await stage.webhook.waitForLine(/Settings at run time cannot be read, .* DEL it/);
    await stage.client.del(key);
    await stage.client.hset(key, { 'no company': '{"settings": {"bot": "off"}}', ':version': '1 1' });
    await stage.webhook.waitForLine(/the company no company was given .* a company that cannot exist/);
    expect((await anna.delete('/admin/companies/no%20company/settings')).status).toBe(200);
    expect((await anna.delete('/admin/companies/no%20company/settings')).status).toBe(400);
    expect((await anna.delete('/admin/companies/:version/settings')).status).toBe(400);
  });

  it('survive a restart of everything, and stay in effect while Redis is away', async () => {
    await anna.put(SETTINGS, { bot: 'off' });
    await stage.redis.restart();
    await Promise.all([stage.webhook, stage.batcher, ...stage.workers].map((app) => app.restart()));
    expect(await inEffect(anna, 'bot')).toEqual({ key: 'bot', value: 'off', source: 'run-time' });
    const phone = aPhone();
    await write(phone);
    await ended(phone, 'muted');
    stage.redis.pause();
    try {
      expect((await anna.put(SETTINGS, { bot: 'on' })).status).toBe(503);
      expect(await inEffect(anna, 'bot')).toMatchObject({ value: 'off' });
    } finally {
      stage.redis.resume();
    }
  });
});

/** The latest line in which a process says what it has read. */
function lastReadBy(app: AppProcess | undefined): string {
  return app?.lines.findLast((line) => line.includes('Settings at run time read')) ?? '';
}

function isOff(line: string): boolean {
  return line.includes('"botsOff":1');
}
