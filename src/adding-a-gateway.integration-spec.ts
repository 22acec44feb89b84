import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Redis } from 'ioredis';
import type { Service } from '@app/platform';
import { loadSettings } from '@app/settings';
import { prepareWebhookApp } from '../apps/webhook/src/webhook.app';
import { eventually } from '../test/support/eventually';
import { type Answer, send } from '../test/support/http';
import { RedisServer } from '../test/support/redis-server';
import { sendJson, StandIn } from '../test/support/stand-in';
import { AllInOneModule } from './all-in-one.module';

// The registry with the one line that a new gateway adds.
jest.mock('../libs/gateways/src/registry', () => {
  const registry = jest.requireActual<object>('../libs/gateways/src/registry');
  const line = jest.requireActual<object>('../libs/gateways/src/testing/example/example.gateway');
  return Object.defineProperty({ ...registry, ...line }, '__esModule', { value: true });
});

const FOLDER = resolve(__dirname, '../libs/gateways/src/testing/example');
const PAGE = readFileSync(resolve(__dirname, '../docs/adding-a-gateway.md'), 'utf8');

const SECRET = 'example-secret';
const FROM = '+7 900 123-45-67';
const CONVERSATION = 'shop:79001234567';

const BODY = JSON.stringify({
  bot: 'shop',
  messages: [{ id: 'm-1', from: FROM, name: 'Anna', text: 'Hello', sentAt: 1763700001 }],
});

describe('a gateway that is a folder and a line of the registry', () => {
  let redis: RedisServer;
  let store: Redis;
  let bot: StandIn;
  let api: StandIn;
  let service: Service;
  let url: string;

  beforeAll(async () => {
    [redis, bot, api] = await Promise.all([RedisServer.start(), StandIn.start(), StandIn.start()]);
    bot.answer = (_, response) => sendJson(response, 200, { reply: 'Good day' });
    store = new Redis(redis.url);
    const settings = loadSettings({
      ...{ NODE_ENV: 'test', REDIS_URL: redis.url, BATCH_TIMEOUT: '60000', BOT_URL: bot.url },
      ...{ EXAMPLE_SECRET: SECRET, EXAMPLE_API_URL: api.url, EXAMPLE_API_TOKEN: 'example-token' },
    });
    const app = await NestFactory.create<NestExpressApplication>(AllInOneModule.register(settings), {
      logger: false,
      bodyParser: false,
    });
    service = prepareWebhookApp(app, settings);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(async () => {
    await service.close();
    store.disconnect();
    await Promise.all([bot.stop(), api.stop(), redis.stop()]);
  });

  function post(body: string, secret = SECRET): Promise<Answer> {
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return send(`${url}/webhook/example`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-example-signature': signature },
      body,
    });
  }

  it('takes messages in, each once, into their conversation', async () => {
    const message = { kind: 'message', conversationId: CONVERSATION, messageId: 'm-1' };
    expect(await post(BODY)).toMatchObject({
      status: 200,
      body: { results: [{ ...message, outcome: 'opened' }] },
    });
    expect((await post(BODY)).body).toMatchObject({ results: [{ ...message, outcome: 'duplicate' }] });
    const stored = await store.lrange(`rapid-fire:${CONVERSATION}`, 0, -1);
    expect(stored.map((json) => JSON.parse(json) as object)).toMatchObject([
      { text: 'Hello', source: { gateway: 'example', account: 'shop', chatId: FROM } },
    ]);
  });

  it('takes replies out through its sender', async () => {
    await send(`${url}/admin/batches/79001234567/flush?companyId=shop`, { method: 'POST' });
    const [asked] = await bot.hears(1);
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({ conversationId: CONVERSATION, text: 'Hello' });
    const [sent] = await api.hears(1);
    expect(sent).toMatchObject({
      path: '/bots/shop/messages',
      headers: { authorization: 'Bearer example-token' },
    });
    expect(JSON.parse(sent?.body ?? '')).toEqual({ to: FROM, text: 'Good day' });
  });

  it('is refused with a wrong secret', async () => {
    expect(await post(BODY, 'another-secret')).toMatchObject({ status: 401 });
  });

  it('has what it cannot read kept', async () => {
    expect(await post('{"messages": "none"}')).toMatchObject({ status: 200, body: { results: [] } });
    const { body } = await send(`${url}/admin/unreadable`);
    expect(body).toMatchObject({ items: [{ gateway: 'example', reasons: ['malformed'] }] });
  });

  it('is documented, with its own secret', async () => {
    const { body } = await send(`${url}/docs-json`);
    expect(body).toMatchObject({
      paths: {
        '/webhook/example': {
          post: { summary: expect.stringContaining('Example') as string, security: [{ EXAMPLE_SECRET: [] }] },
        },
      },
      components: {
        securitySchemes: { EXAMPLE_SECRET: { type: 'apiKey', in: 'header', name: 'x-example-signature' } },
      },
    });
  });

  it('is counted by its name', async () => {
    const { text } = await send(`${url}/metrics`);
    expect(text).toContain('rapid_fire_gateway_refusals_total{gateway="example",reason="mismatch"} 1\n');
    await eventually(
      'the reply to be counted',
      async () => (await send(`${url}/metrics`)).text,
      (shown) => /^rapid_fire_replies_total\{gateway="example",outcome="sent"\} [1-9]/m.test(shown),
    );
  });

  it('has its variables checked at boot', () => {
    const wrong = {
      EXAMPLE_SECRET: 'short',
      EXAMPLE_API_URL: 'nowhere',
      GATEWAY_COMPANIES: 'exmaple:shop=1',
    };
    const load = (variables: object): unknown =>
      loadSettings({ NODE_ENV: 'test', REDIS_URL: redis.url, ...variables });
    expect(() => load(wrong)).toThrow(/3 problems[^]*GATEWAY_COMPANIES[^]*EXAMPLE_SECRET[^]*EXAMPLE_API_URL/);
    expect(() => load({ ...wrong, EXAMPLE_SECRET: SECRET, EXAMPLE_API_URL: api.url })).toThrow('1 problem ');
    expect(load({ GATEWAY_COMPANIES: 'example:shop=1' })).toMatchObject({
      gateways: { companies: new Map([['example:shop', 1]]) },
    });
  });
});

describe('docs/adding-a-gateway.md', () => {
  it.each(['gateway', 'authentication', 'reader', 'sender', 'settings'])(
    'shows example.%s.ts as it is',
    (part) => {
      const file = readFileSync(resolve(FOLDER, `example.${part}.ts`), 'utf8');
      // A gateway's own folder is one level higher.
      expect(PAGE).toContain(`\`\`\`ts\n${file.replaceAll("'../../", "'../")}\`\`\``);
    },
  );
});
