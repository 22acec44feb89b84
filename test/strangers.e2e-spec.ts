import { sampleOf } from './support/gateway-samples';
import { SECRETS, signed } from './support/gateway-signatures';
import { send } from './support/http';
import { peakMemory, Strangers } from './support/strangers';
import { BATCHED, System } from './support/system';

const MB = 1024 * 1024;
const HOW_MANY = 200;
const BODY = Buffer.alloc(4 * MB - 1, '[');
// All of them together have sent 800 MB.
const MOST_BYTES = 250 * MB;
const LIMIT = 3;

describe('strangers', () => {
  let system: System;
  let strangers: Strangers;

  beforeAll(async () => {
    system = await System.start({
      batcher: false,
      env: {
        ...SECRETS,
        ADMIN_API_KEY: 'operator-key-1',
        METRICS_TOKEN: 'metrics-token-1',
        WRONG_SECRETS_PER_MINUTE: String(LIMIT),
      },
    });
  });
  beforeEach(async () => {
    await system.redis.flushdb();
    strangers = new Strangers(system.webhook);
  });
  afterEach(() => strangers.leave());
  afterAll(() => system.stop());

  const signature = `sha256=${'a'.repeat(64)}`;

  it.each([
    ['show no secret', BATCHED, {}, 401],
    ['show a wrong one', BATCHED, { 'x-webhook-secret': 'a-guess-1' }, 429],
    ['show a gateway none', '/webhook/venom', {}, 401],
    ['show no signature', '/webhook/meta', {}, 401],
    ['show a signature that cannot be one', '/webhook/meta', { 'x-hub-signature-256': 'sha256=a' }, 429],
    ['sign with a clock that is off', BATCHED, { 'x-signature': 'a'.repeat(64), 'x-timestamp': '1' }, 429],
    ['show a token of their own', '/webhook/evolution/x', { authorization: 'Bearer a.b.c' }, 429],
    ['are no operators', '/admin/conversations/1/done', {}, 401],
    ['ask for nothing that is there', '/nowhere', {}, 404],
  ])(
    'who %s are refused before their bodies are read, and held nothing of',
    async (_, path, headers, status) => {
      const before = (await peakMemory(system.webhook)) ?? 0;
      const heard = await strangers.post(HOW_MANY, path, headers, BODY);
      expect(heard.filter((each) => each === status).length).toBeGreaterThan(HOW_MANY / 2);
      expect(((await peakMemory(system.webhook)) ?? 0) - before).toBeLessThan(MOST_BYTES);
      expect((await system.send('/health/live')).status).toBe(200);
    },
  );

  it('who sign what only its end could prove are held within bounds, and hold up neither gateways nor health', async () => {
    const before = (await peakMemory(system.webhook)) ?? 0;
    const attack = strangers.post(HOW_MANY, '/webhook/meta', { 'x-hub-signature-256': signature }, BODY);
    const { bytes } = sampleOf('meta-cloud/text.json');
    const headers = { 'content-type': 'application/json', ...signed('meta', bytes) };
    const post = { method: 'POST', headers, body: new Uint8Array(bytes) };
    const [message, health] = await Promise.all([
      system.send('/webhook/meta', post),
      system.send('/health/ready'),
    ]);
    expect([message.status, health.status]).toEqual([200, 200]);

    const heard = await attack;
    expect(heard.filter((status) => status !== null && status !== 503)).toEqual([]);
    expect(((await peakMemory(system.webhook)) ?? 0) - before).toBeLessThan(MOST_BYTES);
    const again = await system.send('/webhook/meta', post);
    expect(again.body.results).toMatchObject([{ outcome: 'duplicate' }]);
  });

  it('who compress what they send are not unpacked for', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const post = { method: 'POST', headers: { ...headers, 'x-hub-signature-256': signature }, body: '{}' };
    expect((await system.send('/webhook/meta', post)).status).toBe(415);
  });

  it('who send too many headers are refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`x-${i}`, 'some-value']));
    expect((await system.post(BATCHED, {}, many)).status).toBe(431);
  });

  describe('who guess', () => {
    const token = (value: string): string =>
      `/webhook/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${value}`;
    const bearer = (value: string): RequestInit => ({ headers: { authorization: `Bearer ${value}` } });
    const GUESSES: [string, number, () => Promise<{ status: number }>, () => Promise<{ status: number }>][] =
      [
        [
          'META_VERIFY_TOKEN',
          403,
          () => system.send(token('a-guess-1')),
          () => system.send(token(SECRETS.META_VERIFY_TOKEN)),
        ],
        [
          'METRICS_TOKEN',
          401,
          () => system.send('/metrics', bearer('a-guess-1')),
          () => system.send('/metrics', bearer('metrics-token-1')),
        ],
        [
          'ADMIN_API_KEY',
          401,
          () => system.send('/admin/batches', bearer('a-guess-1')),
          () => system.send('/admin/batches', bearer('operator-key-1')),
        ],
      ];

    it.each(GUESSES)(
      'at %s may do so a few times, while who knows it gets in',
      async (_, refused, guess, know) => {
        const statuses: number[] = [];
        for (let i = 0; i < LIMIT + 2; i += 1) statuses.push((await guess()).status);
        expect(statuses).toEqual([refused, refused, refused, 429, 429]);
        expect((await know()).status).toBe(200);
      },
    );

    it('have as many tries at all secrets together as at one', async () => {
      for (const [, refused, guess] of GUESSES) expect((await guess()).status).toBe(refused);
      expect((await system.post(BATCHED, {}, { 'x-webhook-secret': 'a-guess-1' })).status).toBe(429);
    });
  });
});

it('who guess at a batcher’s METRICS_TOKEN may do so a few times', async () => {
  const system = await System.start({
    env: { METRICS_TOKEN: 'metrics-token-1', WRONG_SECRETS_PER_MINUTE: '1' },
  });
  const guess = async (url: string): Promise<number> =>
    (await send(`${url}/metrics`, { headers: { authorization: 'Bearer a-guess-1' } })).status;
  try {
    expect(await guess(system.batcher?.url ?? '')).toBe(401);
    expect(await guess(system.batcher?.url ?? '')).toBe(429);
  } finally {
    await system.stop();
  }
});
