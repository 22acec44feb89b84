import { once } from 'node:events';
import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { GATEWAY_NAMES, gatewayNamed } from '@app/gateways';
import { AppProcess } from '../support/app-process';
import { eventually } from '../support/eventually';
import { contentTypeOf, customerIn, GATEWAY_SAMPLES, isStored } from '../support/gateway-samples';
import { PUBLIC_URL, SECRETS, signed } from '../support/gateway-signatures';
import { type Answer, send } from '../support/http';
import { metricOf } from '../support/operator-stage';
import { RedisServer } from '../support/redis-server';

/** How a gateway is answered; what each makes of a status, its page in docs/gateways says. */
interface Statuses {
  readonly unproven: number;
  readonly tooLarge: number;
  readonly outage: number;
  /** What it posts during an outage is kept, since it does not repeat it for long, if at all. */
  readonly isKept: boolean;
}

const USUAL: Statuses = { unproven: 401, tooLarge: 413, outage: 503, isKept: false };

const OF_ITS_OWN: Readonly<Record<string, Statuses>> = {
  // After 503 its conversation would go to humans.
  chatwoot: { ...USUAL, outage: 500, isKept: true },
  'evolution-go': { ...USUAL, isKept: true },
  gowa: { ...USUAL, isKept: true },
  venom: { ...USUAL, isKept: true },
  wppconnect: { ...USUAL, isKept: true },
  // These send nothing else, to anybody or to that chat, or nothing ever again, until a body is answered 200.
  'green-api': { ...USUAL, tooLarge: 200 },
  max: { ...USUAL, tooLarge: 200 },
  telegram: { ...USUAL, tooLarge: 200 },
  twilio: { ...USUAL, unproven: 403, isKept: true },
  waha: { ...USUAL, isKept: true },
};

const GATEWAYS = GATEWAY_NAMES.map((name) => [name, OF_ITS_OWN[name] ?? USUAL] as const);
const BODY_LIMIT = 64 * 1024;
const ENV = { ...SECRETS, PUBLIC_URL, BODY_LIMIT: String(BODY_LIMIT), LOG_FORMAT: 'json' };

/** A message of the gateway's, and whose. */
function messageOf(gateway: string): { bytes: Buffer; customer: string } {
  const sample = GATEWAY_SAMPLES.find((each) => each.gateway === gateway && isStored(each));
  if (sample === undefined) throw new Error(`there is no sample of a message of ${gateway}`);
  return { bytes: sample.bytes, customer: customerIn(sample.expect.chatKey) };
}

/** The same message in a body that is larger than any may be. */
function padded(gateway: string): Buffer {
  const filling = ' '.repeat(BODY_LIMIT);
  return Buffer.concat([messageOf(gateway).bytes, Buffer.from(filling)]);
}

function post(url: string, gateway: string, body: Buffer, secret?: string): Promise<Answer> {
  const path = `/webhook/${gateway}`;
  const headers = { 'content-type': contentTypeOf(gateway), ...signed(gateway, body, path, secret) };
  return send(url + path, { method: 'POST', headers, body: new Uint8Array(body) });
}

describe('the status that a gateway is answered', () => {
  let redis: RedisServer;
  let webhook: AppProcess;
  let client: Redis;

  beforeAll(async () => {
    redis = await RedisServer.start({ appendonly: true });
    webhook = await AppProcess.start('webhook', { ...ENV, REDIS_URL: redis.url });
    client = new Redis(redis.url);
    client.on('error', () => undefined);
  });
  afterAll(async () => {
    client.disconnect();
    await webhook.terminate();
    await redis.stop();
  });

  it.each(GATEWAYS)('of %s is 200 for a message, and for the same again', async (gateway) => {
    const { bytes } = messageOf(gateway);
    const acknowledged = gatewayNamed(gateway)?.acknowledgement?.text;
    for (let i = 0; i < 2; i += 1) {
      const { status, text } = await post(webhook.url, gateway, bytes);
      expect([status, acknowledged ?? text]).toEqual([200, text]);
    }
  });

  it.each(GATEWAYS)('of %s without its proof is its refusal', async (gateway, { unproven }) => {
    const { bytes } = messageOf(gateway);
    expect((await post(webhook.url, gateway, bytes, 'another-secret')).status).toBe(unproven);
    const headers = { 'content-type': contentTypeOf(gateway) };
    const bare = { method: 'POST', headers, body: new Uint8Array(bytes) };
    expect((await send(`${webhook.url}/webhook/${gateway}`, bare)).status).toBe(unproven);
  });

  it.each(GATEWAYS)('of %s is 200 for what cannot be read, which is kept', async (gateway) => {
    const unreadable = `rapid_fire_gateway_unreadable_total{gateway="${gateway}"`;
    const before = await sumOf(unreadable);
    for (const body of ['', '{', '7', 'a=b'])
      expect((await post(webhook.url, gateway, Buffer.from(body))).status).toBe(200);
    expect((await sumOf(unreadable)) - before).toBe(4);
  });

  it.each(GATEWAYS)('of %s for a body over BODY_LIMIT holds nobody up', async (gateway, { tooLarge }) => {
    expect((await post(webhook.url, gateway, padded(gateway))).status).toBe(tooLarge);
  });

  it('a body over BODY_LIMIT of a gateway that has proved itself is counted, noted and logged', async () => {
    const name = 'rapid_fire_gateway_unreadable_total{gateway="green-api",reason="too-large"}';
    const before = await sumOf(name);
    const { length } = padded('green-api');
    await post(webhook.url, 'green-api', padded('green-api'));
    expect(await sumOf(name)).toBe(before + 1);
    expect((await send(`${webhook.url}/admin/unreadable?limit=1`)).body).toMatchObject({
      items: [{ gateway: 'green-api', reasons: ['too-large'], bytes: length, body: null }],
    });
    await webhook.waitForLine(/"level":50.*larger than BODY_LIMIT/);
  });

  it('it is answered also where its sender says no length, and reads nothing until all is sent', async () => {
    const { hostname, port } = new URL(webhook.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    const answered = once(socket, 'data');
    const headers = { ...signed('green-api', ''), 'content-type': 'application/json' };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `POST /webhook/green-api HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n${lines.join('')}\r\n`,
    );
    // More than the buffers between the two can hold.
    const [size, bytes] = ['4000000', Buffer.alloc(64 * 1024 * 1024, ' ')];
    await new Promise((resolve) => {
      socket.write(`${size}\r\n`);
      socket.write(bytes);
      socket.write('\r\n0\r\n\r\n', resolve);
    });
    expect(await answered).toEqual([expect.stringMatching(/^HTTP\/1\.1 200 /)]);
    socket.destroy();
  });

  async function sumOf(beginning: string): Promise<number> {
    const { text } = await send(`${webhook.url}/metrics`);
    const lines = text.split('\n').filter((line) => line.startsWith(beginning));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  describe('while Redis is away', () => {
    beforeAll(async () => {
      await client.flushall();
      await redis.kill();
    });

    it.each(GATEWAYS)(
      'of %s asks for the message again, if it ever repeats one',
      async (gateway, { outage }) => {
        const answer = await post(webhook.url, gateway, messageOf(gateway).bytes);
        expect(answer).toMatchObject({ status: outage, type: 'application/problem+json' });
        expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      },
    );

    it('it is not 200 for what cannot be read either: it could not be kept', async () => {
      const answer = await post(webhook.url, 'green-api', Buffer.from('{'));
      expect(answer.status).toBe(503);
      expect((await post(webhook.url, 'green-api', padded('green-api'))).status).toBe(503);
    });

    it('what is not repeated is taken in once Redis is back', async () => {
      const kept = GATEWAYS.filter(([, { isKept }]) => isKept).map(([gateway]) => gateway);
      expect(await metricOf(webhook, 'rapid_fire_gateway_bodies_spilt')).toBe(kept.length);
      await redis.restart();
      await eventually(
        'all of it to be taken in',
        () => metricOf(webhook, 'rapid_fire_gateway_bodies_spilt'),
        (bodies) => bodies === 0,
      );
      const lists = await client.keys('rapid-fire:*');
      const stored = (await Promise.all(lists.map((key) => client.lrange(key, 0, -1)))).flat();
      const sources = stored.map(
        (json) => (JSON.parse(json) as { source: { gateway: string } }).source.gateway,
      );
      expect(sources.sort()).toEqual([...kept].sort());
    });
  });
});
