import type { AppProcess } from './support/app-process';
import { BootStage, PASSWORDS } from './support/boot-stage';
import { pause } from './support/eventually';
import { freePort } from './support/free-port';
import { PATIENCE } from './support/patience';

const READY = '/health/ready';
const STATS = '/webhook/whatsapp/batched/stats';
const METRICS = '/metrics';
const BATCHED = '/webhook/whatsapp/batched';
const QUICK = { BATCH_TIMEOUT: '1000' };

const stage = new BootStage();

afterEach(() => stage.clear());

afterAll(() => {
  // The control: where they would stand, their masks do.
  expect(stage.output).toContain('"ADMIN_API_KEY":"set (shell)"');
  for (const password of Object.values(PASSWORDS)) expect(stage.output).not.toContain(password);
});

describe('a webhook and a batcher on two Redis', () => {
  it('both say so by name within 15 s, and deliver what was accepted when they meet', async () => {
    const [one, other] = await Promise.all([stage.redis(PASSWORDS.redis), stage.redis(PASSWORDS.otherRedis)]);
    const [webhook, lost] = await Promise.all([
      stage.start('webhook', { ...QUICK, REDIS_URL: one.url }),
      stage.start('batcher', { ...QUICK, REDIS_URL: other.url }),
    ]);
    const startedMs = performance.now();
    for (const message of ['Запишите', 'на завтра', 'в 18:00']) await send(webhook, message);

    const noBatcher = new RegExp(`No batcher on the Redis at 127.0.0.1:${one.server.port}, database 0`);
    const noWebhook = new RegExp(`No webhook on the Redis at 127.0.0.1:${other.server.port}, database 0`);
    await Promise.all([
      stage.askUntil(webhook, READY, noBatcher),
      stage.askUntil(webhook, STATS, noBatcher),
      webhook.waitForLine(noBatcher),
      stage.askUntil(lost, READY, noWebhook),
      lost.waitForLine(noWebhook),
      stage.askUntil(webhook, METRICS, /rapid_fire_findings\{finding="no-batcher"\} 1/),
      stage.askUntil(lost, METRICS, /rapid_fire_processes_seen\{role="webhook"\} 0/),
    ]);
    expect(performance.now() - startedMs).toBeLessThan(15_000 * PATIENCE);
    expect((await stage.ask(webhook, READY))?.status).toBe(200);
    expect(await lost.terminate()).toBe(0);

    await stage.start('batcher', { ...QUICK, REDIS_URL: one.url });
    const stats = await stage.askUntil(webhook, STATS, /"delivered":3/);
    expect(JSON.parse(stats)).toMatchObject({ pending: 0, messages: 0, balance: 0 });
    await stage.askUntil(webhook, STATS, /"role":"batcher".*"findings":\[\]/);
    await webhook.waitForLine(/No longer so: No batcher/);
  });

  it('is down for want of a batcher where REQUIRE_BATCHER says so', async () => {
    const { url } = await stage.redis(PASSWORDS.redis);
    const webhook = await stage.launch('webhook', { REDIS_URL: url, REQUIRE_BATCHER: 'true' });
    await stage.askUntil(webhook, READY, /No batcher.*REQUIRE_BATCHER/);
    expect((await stage.ask(webhook, READY))?.status).toBe(503);

    await stage.start('batcher', { REDIS_URL: url });
    await webhook.ready();
  });

  it('names two that disagree, and the setting', async () => {
    const { url } = await stage.redis(PASSWORDS.redis);
    const webhook = await stage.start('webhook', { REDIS_URL: url, MAX_BATCH_SIZE: '5' });
    const batcher = await stage.start('batcher', { REDIS_URL: url });

    await Promise.all([
      stage.askUntil(webhook, STATS, /MAX_BATCH_SIZE is 5 here and 10 there/),
      stage.askUntil(batcher, READY, /MAX_BATCH_SIZE is 10 here and 5 there/),
      webhook.waitForLine(/The batcher on .* has other settings: MAX_BATCH_SIZE/),
    ]);
  });
});

describe('the shutdown flush', () => {
  it('is done by the last live batcher only, and a heartbeat ends with its process', async () => {
    const { url } = await stage.redis(PASSWORDS.redis);
    const env = { REDIS_URL: url, BATCH_TIMEOUT: '60000', SHUTDOWN_FLUSH: 'true' };
    const webhook = await stage.start('webhook', env);
    const first = await stage.start('batcher', env);
    const last = await stage.start('batcher', env);
    await send(webhook, 'Запишите');

    expect(await first.terminate()).toBe(0);
    await first.waitForLine(/Nothing is flushed: a batcher is alive/);
    const stats = await stage.askUntil(webhook, STATS, /^(?!(.*"role":"batcher"){2})/);
    expect(JSON.parse(stats)).toMatchObject({ messages: 1, totals: { delivered: 0 } });

    expect(await last.terminate()).toBe(0);
    await stage.askUntil(webhook, STATS, /"messages":0.*"delivered":1/);
  });
});

describe('a recorded failure of the predecessor', () => {
  it('TTL no longer than the silence: refused', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:6379', BATCH_TIMEOUT: '10000', BATCH_TTL: '10' };
    const { code, text } = await stage.refused('batcher', env);

    expect(code).toBe(78);
    expect(text).toContain('BATCH_TTL must be at least 3 times the longest silence');
  });

  it.each([
    ['production', 6380, 'expected port 6379, not 6380, which is the tunnel of local development'],
    ['development', 6379, 'expected port 6380, not 6379, which is the port of a server itself'],
  ])('%s on port %i: refused, and says how to allow it', async (NODE_ENV, port, reason) => {
    const url = `redis://:${PASSWORDS.redis}@localhost:${port}`;
    const { code, text } = await stage.refused('webhook', { NODE_ENV, REDIS_URL: url });

    expect(code).toBe(78);
    expect(text).toContain(reason);
    expect(text).toContain(`set REDIS_ALLOWED_PORTS=${port}`);
  });

  it('the shell’s REDIS_URL over that of .env: said, whether it is refused or cannot be reached', async () => {
    const port = await freePort();
    const cwd = await stage.directory({ REDIS_URL: `redis://:${PASSWORDS.redis}@localhost:6380` });
    const shell = {
      NODE_ENV: 'development',
      REDIS_URL: `redis://:${PASSWORDS.otherRedis}@127.0.0.1:${port}`,
    };
    const shadow = new RegExp(
      `REDIS_URL is 127.0.0.1:${port}, database 0 in the shell and localhost:6380, database 0 in .env`,
    );

    const refused = await stage.refused('webhook', shell, cwd);
    expect(refused.code).toBe(78);
    expect(refused.text).toMatch(shadow);

    const allowed = { ...shell, REDIS_ALLOWED_PORTS: String(port), REDIS_BOOT_WAIT: '12' };
    const unreachable = await stage.refused('webhook', allowed, cwd);
    expect(unreachable.code).toBe(69);
    expect(unreachable.text).toMatch(shadow);
    expect(unreachable.text).toContain(
      `Redis at 127.0.0.1:${port} does not answer yet (ECONNREFUSED); trying for another`,
    );
    expect(unreachable.text).toContain(
      `Redis at 127.0.0.1:${port} cannot be reached: ECONNREFUSED, for 12 s`,
    );
  });

  it('a restart that does not pick up the corrected .env: said, and shown at /admin/config', async () => {
    const { url } = await stage.redis(PASSWORDS.redis);
    const cwd = await stage.directory({ REDIS_URL: url, BATCH_TIMEOUT: '9000' });
    const webhook = await stage.start('webhook', { REDIS_URL: url, BATCH_TIMEOUT: '5000', pm_id: '0' }, cwd);

    await webhook.waitForLine(/BATCH_TIMEOUT is 5000 in the shell and 9000 in .env.*--update-env/);
    const config = JSON.parse((await stage.ask(webhook, '/admin/config'))?.text ?? '') as Record<
      string,
      unknown
    >;
    expect(config.variables).toContainEqual({ name: 'BATCH_TIMEOUT', value: '5000', source: 'shell' });
    expect(config.variables).toContainEqual({ name: 'ADMIN_API_KEY', value: 'set', source: 'shell' });
    expect(config.shadowed).toEqual([expect.stringContaining('BATCH_TIMEOUT')]);
  });

  it('a service used before it was initialised: the first request that is answered is answered well', async () => {
    const { url } = await stage.redis(PASSWORDS.redis);
    const webhook = await stage.launch('webhook', { REDIS_URL: url });
    let answer: { status: number; text: string } | null = null;
    while (answer === null && !webhook.hasExited) {
      answer = await stage.ask(webhook, BATCHED, message('Запишите'));
      await pause(50);
    }

    expect(answer?.status).toBe(200);
  });
});

describe('a developer’s tunnel into production', () => {
  it('is refused while production is there, unless it is allowed by name', async () => {
    const { server, url } = await stage.redis(PASSWORDS.redis);
    const ports = { REDIS_ALLOWED_PORTS: String(server.port) };
    await stage.start('webhook', { ...ports, NODE_ENV: 'production', REDIS_URL: url });

    const developer = { ...ports, NODE_ENV: 'development', REDIS_URL: url };
    const { code, text } = await stage.refused('batcher', developer);
    expect(code).toBe(78);
    expect(text).toContain('is in use by production, and this process is development (NODE_ENV)');
    expect(text).toContain('REDIS_ALLOW_ENVIRONMENT=production');

    const guest = await stage.start('batcher', { ...developer, REDIS_ALLOW_ENVIRONMENT: 'production' });
    await guest.waitForLine(/belongs to production; used by development because REDIS_ALLOW_ENVIRONMENT/);
  });
});

function message(text: string): Record<string, unknown> {
  return { phone: '+79001234567', message: text, companyId: 962302 };
}

async function send(webhook: AppProcess, text: string): Promise<void> {
  expect((await stage.ask(webhook, BATCHED, message(text)))?.status).toBe(200);
}
