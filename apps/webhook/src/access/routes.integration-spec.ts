import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadSettings } from '@app/settings';
import { RedisServer } from '../../../../test/support/redis-server';
import { prepareWebhookApp } from '../webhook.app';
import { WebhookModule } from '../webhook.module';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

// Open on purpose: probes, documentation, scrapes behind a token of their own, a page without data.
const OPEN = [/^\/health\//, /^\/docs/, /^\/metrics$/, /^\/live(?:\/assets\/:file)?$/];
// Gateways that cannot send our secret bring their own signature; their own tests see to them.
const GATEWAYS = /^\/webhook\/(?!whatsapp\b)/;

// A page, not an API.
const QUEUE_VIEW = '/admin/queues';

// A session in which a browser may look.
const LOOKS = ['POST /live/session', 'DELETE /live/session'];

// A bot that consumes the queue makes these for every batch, the live page this one for every few letters.
const OF_PROGRAMS = [
  'POST /admin/conversations/:id/commit',
  'POST /admin/conversations/:id/done',
  'POST /admin/simulator',
];

const ADMIN_KEY = 'admin-key-1';
const OTHER_ADMIN_KEY = 'admin-key-2';
const READING_KEY = 'admin-key-3';

describe('the routes themselves', () => {
  let redis: RedisServer;
  let app: NestExpressApplication;
  let url: string;
  let routes: [method: string, path: string][];

  beforeAll(async () => {
    redis = await RedisServer.start();
    const settings = loadSettings({
      NODE_ENV: 'test',
      REDIS_URL: redis.url,
      ADMIN_API_KEY: `${ADMIN_KEY},anna:operate:${OTHER_ADMIN_KEY},eve:read:${READING_KEY}`,
      WEBHOOK_SECRET: 'webhook-secret',
      WRONG_SECRETS_PER_MINUTE: '1000000',
    });
    app = await NestFactory.create<NestExpressApplication>(WebhookModule.register(settings), {
      logger: false,
      bodyParser: false,
    });
    prepareWebhookApp(app, settings);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    routes = routesOf(app).filter(([, path]) => ![...OPEN, GATEWAYS].some((open) => open.test(path)));
  });

  afterAll(async () => {
    await app.close();
    await redis.stop();
  });

  it('are those that the router knows', () => {
    expect(routes).toContainEqual(['DELETE', '/webhook/whatsapp/batched/:phone']);
    expect(routes).toContainEqual(['POST', '/admin/history/:batchId/replay']);
    expect(routes.length).toBeGreaterThanOrEqual(14);
  });

  it.each([
    ['without a secret', {}],
    ['with a wrong one', { 'x-api-key': 'not-the-secret' }],
    ['with a part of one', { authorization: `Bearer ${ADMIN_KEY.slice(0, -1)}` }],
    ['with both at once', { 'x-api-key': `${ADMIN_KEY},${OTHER_ADMIN_KEY}` }],
  ])('answer 401 %s', async (_, headers) => {
    const answers = await Promise.all(
      routes.map(async ([method, path]) => {
        const response = await fetch(url + path, { method, headers: headers as Record<string, string> });
        return [method, path, response.status, response.headers.get('content-type')];
      }),
    );
    const type = 'application/problem+json; charset=utf-8';
    expect(answers).toEqual(routes.map(([method, path]) => [method, path, 401, type]));
  });

  it.each([ADMIN_KEY, OTHER_ADMIN_KEY])('let each of the keys in', async (key) => {
    const admin = routes.filter(([method, path]) => method === 'GET' || path.startsWith('/admin/'));
    for (const [method, path] of admin) {
      const { status } = await fetch(url + path, { method, headers: { 'x-api-key': key } });
      expect([path, status]).not.toEqual([path, 401]);
    }
  });

  it('let a key that may only look do nothing else, whichever the call', async () => {
    const admin = routes.filter(([method, path]) => method !== 'POST' || !path.startsWith('/webhook/'));
    const answers = await Promise.all(
      admin.map(async ([method, path]) => {
        const { status } = await fetch(url + path, { method, headers: { 'x-api-key': READING_KEY } });
        return [method, path, status === 403];
      }),
    );
    const looks = (method: string, path: string): boolean =>
      method === 'GET' || LOOKS.includes(`${method} ${path}`);
    expect(answers).toEqual(admin.map(([method, path]) => [method, path, !looks(method, path)]));
    expect(admin.filter(([method]) => method !== 'GET').length).toBeGreaterThanOrEqual(14);
    const refused = await fetch(`${url}/admin/pause`, {
      method: 'POST',
      headers: { 'x-api-key': READING_KEY },
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({
      status: 403,
      detail: 'The key of eve has the role read; this call needs the role operate (ADMIN_API_KEY).',
    });
  });

  it('write each act of an operator into the audit log, whichever the call, and no look', async () => {
    const acts = routes.filter(([method, path]) => method !== 'GET' && path.startsWith('/admin/'));
    for (const [method, path] of routes.filter(([, one]) => one.startsWith('/admin/')))
      await fetch(url + path, { method, headers: { 'x-api-key': OTHER_ADMIN_KEY } });
    const answer = await fetch(`${url}/admin/audit-log?limit=100`, { headers: { 'x-api-key': READING_KEY } });
    const { items } = (await answer.json()) as { items: { who: string; what: string }[] };
    const byAnna = items.filter(({ who }) => who === 'anna').map(({ what }) => what);
    const expected = acts
      .map(([method, path]) => `${method} ${path}`)
      .filter((what) => !OF_PROGRAMS.includes(what));
    expect(new Set(byAnna)).toEqual(new Set(expected));
  });

  it('tell the two secrets apart', async () => {
    const headers = { 'x-webhook-secret': 'webhook-secret' };
    expect((await fetch(`${url}/admin/batches`, { headers })).status).toBe(401);
  });

  it('are documented, each with its secret', async () => {
    const document = (await (await fetch(`${url}/docs-json`)).json()) as {
      paths: Record<string, Record<string, { security?: object[] }>>;
    };
    for (const [method, path] of routes.filter(([, path]) => !path.startsWith(QUEUE_VIEW))) {
      const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      const scheme = /^\/(?:admin|live|replies)/.test(path) || method !== 'POST' ? 'admin' : 'webhook';
      expect([path, operation?.security]).toEqual([path, [{ [scheme]: [] }]]);
    }
  });
});

function routesOf(app: NestExpressApplication): [string, string][] {
  const { router } = app.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } };
  return router.stack.flatMap(({ route }) =>
    route
      ? Object.keys(route.methods).map((method): [string, string] => [method.toUpperCase(), route.path])
      : [],
  );
}
