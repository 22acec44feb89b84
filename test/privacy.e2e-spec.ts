import { contentTypeOf, GATEWAY_SAMPLES } from './support/gateway-samples';
import { PUBLIC_URL, SECRETS, signed } from './support/gateway-signatures';
import { type Answer, send } from './support/http';
import { OperatorStage, PHONE } from './support/operator-stage';

const META_ID = `wamid.${Buffer.from(`\u001c\u0018\u000b${PHONE}`).toString('base64url')}`;
/** Spellings that people use; all of them mean `PHONE`. */
const SPELLINGS = ['+7 (900) 123-45-67', '79001234567@c.us', '79001234567:22@s.whatsapp.net', '+79001234567'];
/** What a sender may name its request after; the last is an id of Meta's, which holds the phone in Base64. */
const NAMES = [
  ...[`false_${PHONE}_3EB0`, `order${PHONE}`, `a-${PHONE}-b`, '7-900-123-45-67', '7.900.123.45.67'],
  META_ID,
];
const BATCHED = '/webhook/whatsapp/batched';
const PRODUCTION = {
  ...{ NODE_ENV: 'production', LOG_LEVEL: 'trace', BODY_LIMIT: '1mb', PUBLIC_URL, ...SECRETS },
  ...{
    BATCH_TIMEOUT_BY_TYPE: 'image:1500,audio:2400',
    HANDOFF_MAX_ATTEMPTS: '1',
    WRONG_SECRETS_PER_MINUTE: '100000',
  },
};

/** Every phone in the samples: before its server, and in the fields in which Meta and forwarders have one. */
const IN_SAMPLES = GATEWAY_SAMPLES.flatMap(({ bytes }) => [
  ...bytes.toString().matchAll(/(\d{7,15})(?:[_:]\d+)*@(?:c\.us|s\.whatsapp\.net)/g),
  ...bytes.toString().matchAll(/%2B(\d{7,15})(?!\d)/g),
  ...bytes.toString().matchAll(/"(?:from|to|wa_id|phone|recipient_id|senderPn)":\s*"\+?(\d{7,15})"/g),
]).map(([, digits = '']) => digits);
/** Whose batch becomes due by itself, and whose the queue refuses. */
const [IMPATIENT, UNLUCKY, NEXT] = ['79007654321', '79007654322', '79007654323'];
const PHONES = [...new Set([PHONE, IMPATIENT, UNLUCKY, NEXT, ...IN_SAMPLES])];

describe('customers’ phones', () => {
  let stage: OperatorStage;

  afterEach(() => stage.stop());

  function post(path: string, body: string, headers: Record<string, string>): Promise<Answer> {
    const all = { 'content-type': 'application/json', ...headers };
    return send(stage.webhook.url + path, { method: 'POST', headers: all, body });
  }

  /** All that gateways send, with the right secret and with a wrong one. */
  async function asGateways(): Promise<void> {
    for (const { gateway, path, bytes } of GATEWAY_SAMPLES) {
      const type = { 'content-type': contentTypeOf(gateway) };
      const proof = signed(gateway, bytes, path);
      expect((await post(path, bytes.toString(), { ...type, ...proof })).status).toBe(200);
      const { status } = await post(path, bytes.toString(), { ...type, 'x-webhook-secret': 'a-guess' });
      expect([401, 403]).toContain(status);
    }
  }

  /** Messages in every spelling, and what is refused about them. */
  async function asForwarders(): Promise<void> {
    for (const [i, phone] of SPELLINGS.entries()) {
      const id = `false_${PHONE}@c.us_3EB0${i}`;
      expect((await stage.admin.message(phone, `call ${phone}`, { messageId: id })).status).toBe(200);
      expect((await stage.admin.message(phone, '', { timestamp: phone })).status).toBe(400);
      expect((await stage.admin.message(phone, '', { type: phone })).status).toBe(200);
      expect((await stage.admin.message(`${phone} or so`, phone)).status).toBe(400);
      expect((await stage.admin.message(phone, phone.repeat(100_000))).status).toBe(413);
    }
    const body = JSON.stringify({ phone: PHONE, message: 'named after the message' });
    for (const name of NAMES) {
      const named = { ...signed('venom', ''), 'x-request-id': name };
      expect((await post(BATCHED, body, named)).status).toBe(200);
    }
    expect((await post(BATCHED, `{"phone": "${PHONE}`, signed('venom', ''))).status).toBe(400);
  }

  /** Every call of an operator, for batches that wait, are handed off, or are dead. */
  async function asOperators(): Promise<void> {
    const { admin } = stage;
    for (const phone of SPELLINGS.map(encodeURIComponent)) {
      await admin.message(PHONE, 'again');
      await admin.get(`/admin/batches/${phone}`);
      await admin.post(`/admin/batches/${phone}/flush`);
      await admin.message(PHONE, 'and again');
      await admin.delete(`${BATCHED}/${phone}`);
      await admin.get(`/admin/history?phone=${phone}`);
      await admin.get(`/admin/batches?companyId=${phone}`);
      await admin.post(`/admin/history/${phone}/replay`);
      await admin.post(`/admin/dead-letters/${phone}/redrive`);
      await admin.delete(`/admin/dead-letters/${phone}`);
      await admin.get(`/nothing/here/${phone}`);
    }
    await admin.message(PHONE, 'to be replayed');
    await admin.post(`/admin/history/${await stage.handOff()}/replay`);
    for (const act of ['redrive', 'discard']) {
      await admin.message(PHONE, `to ${act}`);
      await stage.deadLetter(`b-${act}`);
    }
    expect((await admin.post('/admin/dead-letters/b-redrive/redrive')).status).toBe(200);
    expect((await admin.delete('/admin/dead-letters/b-discard')).status).toBe(200);
    for (const path of ['/admin/batches', '/admin/dead-letters', '/admin/config', `${BATCHED}/stats`]) {
      expect((await admin.get(path)).status).toBe(200);
    }
    await admin.post('/admin/pause');
    await admin.post('/admin/resume');
  }

  /** What a batcher says of batches: due by themselves, refused by the queue, given up. */
  async function asTheBatcher(): Promise<void> {
    const { admin, batcher, client } = stage;
    await admin.message(IMPATIENT, 'look', { type: 'image' });
    // The process that hands off the one sees the other come.
    await admin.message(NEXT, 'listen', { type: 'audio' });
    await batcher.waitForLine(/approaching timeout/);
    await batcher.waitForLine(/"reason":"quiet".*Processing batch/);
    await client.set('bull:messages:id', 'no number');
    await admin.message(UNLUCKY, 'refused');
    await admin.post(`/admin/batches/${UNLUCKY}/flush`);
    await batcher.waitForLine(/became a dead letter/);
  }

  async function playEverything(
    env: Record<string, string>,
  ): Promise<{ lines: string[]; scrapes: string[] }> {
    stage = await OperatorStage.start({ ...PRODUCTION, ...env });
    await asGateways();
    await asForwarders();
    await asOperators();
    await asTheBatcher();
    const apps = [stage.webhook, stage.batcher];
    const scrapes = await Promise.all(apps.map(async ({ url }) => (await send(`${url}/metrics`)).text));
    // This test's own connections would complain too.
    await stage.queue.close();
    stage.client.disconnect();
    await stage.redis.kill();
    expect((await stage.admin.message(PHONE, 'nobody home')).status).toBe(503);
    await Promise.all(apps.map((app) => app.waitForLine(/Connection to Redis at .* lost/)));
    await stage.redis.restart();
    await Promise.all(apps.map((app) => app.terminate()));
    return { lines: apps.flatMap(({ lines }) => lines), scrapes };
  }

  it('are in no line of a log in production, and in no scrape', async () => {
    const { lines, scrapes } = await playEverything({});
    expect(lines.filter((line) => phonesIn(line).length > 0 || line.includes(META_ID))).toEqual([]);
    expect(scrapes.flatMap(phonesIn)).toEqual([]);
    expect(scrapes.join('')).not.toContain('…');
    // Masked, they are there: the lines are those that would have held them.
    expect(lines.filter((line) => line.includes('7900…67')).length).toBeGreaterThan(20);
  });

  it('would be found: they are in the log that is told to show them', async () => {
    const { lines } = await playEverything({ LOG_PHONES: 'full' });
    for (const name of NAMES) expect(lines.filter((line) => line.includes(name))).not.toEqual([]);
    expect(new Set(lines.flatMap(phonesIn)).size).toBeGreaterThan(2);
  });
});

/** The phones that a text holds, whatever stands between their digits. */
function phonesIn(text: string): string[] {
  const digits = text.replace(/%(?:20|28|29|2b|2d)|[\s().+-]/gi, '');
  return PHONES.filter((phone) => digits.includes(phone));
}
