import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { LiveReader } from '@app/batching';
import type { LiveChange, LiveSnapshot } from '@app/contracts';
import type { Service } from '@app/platform';
import { loadSettings } from '@app/settings';
import { eventually, pause } from '../../../../test/support/eventually';
import { UNHURRIED } from '../../../../test/support/patience';
import { RedisServer } from '../../../../test/support/redis-server';
import { prepareWebhookApp } from '../webhook.app';
import { WebhookModule } from '../webhook.module';

const KEY = 'admin-key-1';

interface Heard {
  event: string;
  data: LiveSnapshot & LiveChange;
}

describe('the stream of the live page', () => {
  let redis: RedisServer;
  let service: Service;
  let url: string;
  let looks: jest.SpyInstance;
  const open: AbortController[] = [];

  beforeAll(async () => {
    redis = await RedisServer.start();
    const settings = loadSettings({
      ...{ NODE_ENV: 'test', REDIS_URL: redis.url, ADMIN_API_KEY: KEY, ...UNHURRIED },
    });
    const app = await NestFactory.create<NestExpressApplication>(WebhookModule.register(settings), {
      logger: false,
      bodyParser: false,
    });
    service = prepareWebhookApp(app, settings);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    looks = jest.spyOn(app.get(LiveReader), 'read');
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.abort();
  });
  afterAll(async () => {
    await service.close();
    await redis.stop();
  });

  /** What one page hears; grows as it happens. */
  async function watch(headers: Record<string, string> = { 'x-api-key': KEY }): Promise<Heard[]> {
    const controller = new AbortController();
    open.push(controller);
    const response = await fetch(`${url}/live/events`, { headers, signal: controller.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const heard: Heard[] = [];
    collect(response, heard).catch(() => undefined);
    await eventually(
      'a snapshot',
      () => Promise.resolve(heard),
      ({ length }) => length > 0,
    );
    expect(heard[0]?.event).toBe('snapshot');
    return heard;
  }

  function write(phone: string): Promise<Response> {
    return fetch(`${url}/webhook/whatsapp/batched`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone, message: 'Hello' }),
    });
  }

  it('a message is a change for each who looks, and Redis is read once for all of them', async () => {
    const pages = await Promise.all(Array.from({ length: 10 }, () => watch()));
    looks.mockClear();
    const beganAtMs = performance.now();
    await write('79001234567');
    for (const heard of pages) {
      const change = await eventually(
        'a change',
        () => Promise.resolve(heard.find(({ event, data }) => event === 'change' && data.set.length > 0)),
        (found) => found !== undefined,
      );
      expect(change?.data.set).toEqual([
        expect.objectContaining({ conversationId: '79001234567', size: 1, waits: 'silence' }),
      ]);
    }
    const most = 2 + (performance.now() - beganAtMs) / 500;
    expect(looks.mock.calls.length).toBeLessThanOrEqual(most);
  });

  it('nothing is read while nobody looks, and who looks then sees what is true then', async () => {
    await watch();
    for (const each of open.splice(0)) each.abort();
    await eventually(
      'an end of the looking',
      async () => {
        looks.mockClear();
        await pause(1_200);
        return looks.mock.calls.length;
      },
      (howMany) => howMany === 0,
    );
    await write('79007654321');
    const [first] = await watch();
    expect(first?.data.windows.map(({ conversationId }) => conversationId)).toContain('79007654321');
  });

  it('a company’s bot that is off is named, with who switched it off, until it is on again', async () => {
    const heard = await watch();
    const path = `${url}/admin/companies/7/settings`;
    const headers = { 'x-api-key': KEY, 'content-type': 'application/json' };
    await fetch(path, { method: 'PUT', headers, body: '{"bot": "off"}' });
    const latest = (): unknown => heard.findLast(({ data }) => 'state' in data)?.data.state.botsOff;
    const off = [{ company: '7', at: expect.any(Number) as number, by: 'operator' }];
    const isOff = (isIt: boolean): Promise<unknown> =>
      eventually(
        'the state',
        () => Promise.resolve(latest()),
        (now) => (now as unknown[]).length === (isIt ? 1 : 0),
      );
    expect(await isOff(true)).toEqual(off);
    await fetch(path, { method: 'DELETE', headers });
    await isOff(false);
  });

  it('a session may look, and change nothing', async () => {
    const begun = await fetch(`${url}/live/session`, { method: 'POST', headers: { 'x-api-key': KEY } });
    const cookie = begun.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^rapid-fire-session=[^;]+; Max-Age=3600; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    await watch(headers);
    const status = async (method: string, path: string): Promise<number> =>
      (await fetch(url + path, { method, headers })).status;
    expect(await status('GET', '/admin/batches')).toBe(200);
    expect(await status('POST', '/admin/pause')).toBe(401);
    expect(await status('POST', '/live/session')).toBe(401);
    expect(await status('DELETE', '/webhook/whatsapp/batched/79001234567')).toBe(401);
  });
});

async function collect(response: Response, heard: Heard[]): Promise<void> {
  let rest = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const blocks = (rest + Buffer.from(chunk).toString()).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event = '', data = '{}'] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      heard.push({ event, data: JSON.parse(data) as Heard['data'] });
    }
  }
}
