import { metricOf } from '../support/operator-stage';
import { BATCHED, System } from '../support/system';

const KEY = 'operator-key-1';
const SECRET = 'gateway-secret-1';
const WRONG = 'a-wrong-secret';
const BODY_LIMIT = 16 * 1024;
const CAP = 1;
const WRONG_SECRETS = 3;

const aMessage = { phone: '79001234567', message: 'hello' };
const json = (fields: object): string => JSON.stringify(fields);

describe('what a webhook refuses and replays, as its metrics tell it', () => {
  let system: System;

  // Without a batcher: a conversation stays as full as a test has made it.
  beforeAll(async () => {
    system = await System.start({
      batcher: false,
      env: {
        WEBHOOK_SECRET: SECRET,
        ADMIN_API_KEY: KEY,
        BODY_LIMIT: String(BODY_LIMIT),
        MAX_BATCH_BYTES: '4096',
        MAX_BATCH_SIZE: String(CAP),
        MAX_PENDING_PER_CONVERSATION: String(CAP),
        WRONG_SECRETS_PER_MINUTE: String(WRONG_SECRETS),
      },
    });
    await bring(json(aMessage));
  });
  afterAll(() => system.stop());

  async function bring(body: string, headers: Record<string, string> = {}, path = BATCHED): Promise<number> {
    const known = { 'content-type': 'application/json', 'x-webhook-secret': SECRET };
    return (await system.send(path, { method: 'POST', headers: { ...known, ...headers }, body })).status;
  }

  const scraped = (metric: string): Promise<number> => metricOf(system.webhook, `rapid_fire_${metric}`);
  const refused = (reason: string, caller = 'gateway'): string =>
    `requests_refused_total{caller="${caller}",reason="${reason}"}`;
  const rejected = (reason: string): string => `messages_rejected_total{reason="${reason}"}`;

  it.each([
    ['a body that is no JSON', 400, () => bring('{'), [refused('invalid')]],
    ['a message without a phone', 400, () => bring('{}'), [refused('invalid'), rejected('invalid')]],
    ['no secret', 401, () => bring(json(aMessage), { 'x-webhook-secret': '' }), [refused('unauthorised')]],
    ['a path that is not there', 404, () => bring('{}', {}, '/webhook/nowhere'), [refused('not-found')]],
    ['a body over its limit', 413, () => bring(' '.repeat(BODY_LIMIT + 1)), [refused('too-large')]],
    [
      'a message over its limit',
      413,
      () => bring(json({ phone: '79007654321', message: 'x'.repeat(4096) })),
      [refused('too-large'), rejected('too-large')],
    ],
    ['a form', 415, () => bring('a=1', { 'content-type': 'text/plain' }), [refused('unsupported-type')]],
    ['a full conversation', 429, () => bring(json(aMessage)), [refused('too-many'), rejected('over-cap')]],
  ])('%s is %i, counted by its reason', async (_, status, ask, metrics) => {
    const before = await Promise.all(metrics.map(scraped));
    expect(await ask()).toBe(status);
    expect(await Promise.all(metrics.map(scraped))).toEqual(before.map((count) => count + 1));
  });

  it('an unreadable item of a list is counted, though the rest is taken', async () => {
    const before = await scraped(rejected('invalid'));
    const messages = [{ phone: '79007654322', message: 'hello' }, 7, {}];
    expect(await bring(json({ messages }))).toBe(200);
    expect(await scraped(rejected('invalid'))).toBe(before + 2);
  });

  it('an operator with a wrong key is no gateway', async () => {
    const before = await scraped(refused('unauthorised'));
    await system.send(`${BATCHED}/stats`, { headers: { 'x-api-key': WRONG } });
    expect(await scraped(refused('unauthorised', 'operator'))).toBe(1);
    expect(await scraped(refused('unauthorised'))).toBe(before);
  });

  it('too many wrong secrets are counted apart from wrong ones', async () => {
    const before = await scraped(refused('too-many'));
    for (let i = 0; i <= WRONG_SECRETS; i += 1) await bring(json(aMessage), { 'x-webhook-secret': WRONG });
    expect(await scraped(refused('too-many'))).toBeGreaterThan(before);
  });

  it('a replay is counted by how it ended', async () => {
    const path = '/admin/history/b-nobody/replay';
    expect((await system.send(path, { method: 'POST', headers: { 'x-api-key': KEY } })).status).toBe(404);
    expect(await scraped('replays_total{outcome="unknown"}')).toBe(1);
    expect(await scraped('replays_total{outcome="replayed"}')).toBe(0);
  });

  it('no path, phone or secret of a caller becomes a label', async () => {
    const { text } = await system.send('/metrics');
    // Within quotation marks: among the digits of a value there may be any.
    expect(text).not.toMatch(/"[^"\n]*(nowhere|7900\d{7}|nobody)[^"\n]*"/);
    expect(text).not.toContain(WRONG);
  });
});
