import type { Answer } from './support/http';
import { BATCHED, DIRECT, System } from './support/system';

const WEBHOOK = ['webhook-secret-old', 'webhook-secret-new'];
const ADMIN = ['admin-key-old', 'admin-key-new'];
const PHONE = '79001234567';

type Presented = Record<string, string>;

const WAYS: [string, (secret: string) => Presented][] = [
  ['x-webhook-secret', (secret) => ({ 'x-webhook-secret': secret })],
  ['x-api-key', (secret) => ({ 'x-api-key': secret })],
  ['authorization: Bearer', (secret) => ({ authorization: `Bearer ${secret}` })],
  ['authorization: bearer', (secret) => ({ authorization: `bearer ${secret}` })],
];

describe('secrets', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({
      batcher: false,
      env: { WEBHOOK_SECRET: WEBHOOK.join(','), ADMIN_API_KEY: ADMIN.join(',') },
    });
  });

  beforeEach(() => system.redis.flushdb());

  afterAll(() => system.stop());

  const ROUTES: [string, (headers: Presented) => Promise<Answer>, string[], string[]][] = [
    [`POST ${BATCHED}`, (headers) => post(BATCHED, headers), WEBHOOK, ADMIN],
    [`POST ${DIRECT}`, (headers) => post(DIRECT, headers), WEBHOOK, ADMIN],
    [`GET ${BATCHED}/stats`, (headers) => system.send(`${BATCHED}/stats`, { headers }), ADMIN, WEBHOOK],
    [`DELETE ${BATCHED}/:phone`, (headers) => clear(headers), ADMIN, WEBHOOK],
    ['GET /admin/history', (headers) => system.send('/admin/history', { headers }), ADMIN, WEBHOOK],
  ];

  function post(path: string, headers: Presented): Promise<Answer> {
    return system.post(path, { phone: PHONE, message: 'hello' }, headers);
  }

  async function clear(headers: Presented): Promise<Answer> {
    await post(BATCHED, { 'x-webhook-secret': WEBHOOK[0] ?? '' });
    return system.send(`${BATCHED}/${PHONE}`, { method: 'DELETE', headers });
  }

  describe.each(ROUTES)('%s', (_, call, accepted, others) => {
    it.each(WAYS)('takes each of its secrets as %s', async (_way, present) => {
      for (const secret of accepted) expect((await call(present(secret))).status).toBe(200);
    });

    it.each(WAYS)('refuses every other secret as %s', async (_way, present) => {
      for (const secret of [...others, 'something-else', `${accepted[0]} `.repeat(2), accepted.join(',')]) {
        expectRefused(await call(present(secret)));
      }
    });

    it('refuses a request without one', async () => {
      for (const headers of [{}, { authorization: `Basic ${accepted[0]}` }, { 'x-api-key': '' }]) {
        expectRefused(await call(headers));
      }
    });
  });

  it('stores nothing of what it refuses', async () => {
    expectRefused(await post(BATCHED, {}));
    expectRefused(await post(DIRECT, { 'x-api-key': 'something-else' }));
    const stored = Object.keys(await system.contents());
    // Only that an address has tried, and for a minute.
    expect(stored.filter((key) => !key.startsWith('rapid-fire-attempts:'))).toEqual([]);
  });

  it('asks for no secret at health or documentation', async () => {
    for (const path of ['/health/live', '/health/ready', '/docs', '/docs-json']) {
      expect((await system.send(path)).status).toBe(200);
    }
  });

  it('writes no secret into the log', () => {
    for (const secret of [...WEBHOOK, ...ADMIN])
      expect(system.webhook.lines.join('\n')).not.toContain(secret);
  });
});

function expectRefused(answer: Answer): void {
  expect(answer).toMatchObject({
    status: 401,
    type: 'application/problem+json',
    body: { type: 'about:blank', title: 'Unauthorized', status: 401 },
  });
  for (const secret of [...WEBHOOK, ...ADMIN]) expect(answer.text).not.toContain(secret);
}
