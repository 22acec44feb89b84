import { connect } from 'node:net';
import { resolve } from 'node:path';
import { AdminClient } from './support/admin-client';
import { AppProcess } from './support/app-process';
import { BOT_SECRET } from './support/bot-stage';
import { Child } from './support/child';
import { STUCK_MS } from './support/eventually';
import { postJson } from './support/http';
import { UNHURRIED } from './support/patience';
import { RedisServer } from './support/redis-server';
import { StandIn } from './support/stand-in';

const PHONE = '79001234567';

describe('all roles in one process, with the example bot', () => {
  let redis: RedisServer;
  let gateway: StandIn;
  let bot: Child;
  let botUrl: string;

  beforeAll(async () => {
    [redis, gateway] = await Promise.all([RedisServer.start(), StandIn.start()]);
    bot = new Child('echo-bot', process.execPath, [resolve(__dirname, '../examples/echo-bot/bot.mjs')], {
      env: { PATH: process.env.PATH, BOT_SECRET, PORT: '0' },
    });
    const [port] = /\d+$/.exec(await bot.waitForLine(/^listening on/, STUCK_MS)) ?? [];
    botUrl = `http://127.0.0.1:${port}/`;
  });
  afterAll(async () => {
    await bot.kill();
    await Promise.all([redis.stop(), gateway.stop()]);
  });

  const start = (variables: Record<string, string>): Promise<AppProcess> =>
    AppProcess.start('all', { REDIS_URL: redis.url, ...UNHURRIED, BATCH_TIMEOUT: '3000', ...variables });

  async function write(app: AppProcess, ...texts: string[]): Promise<void> {
    const customer = new AdminClient(app);
    for (const text of texts) await customer.message(PHONE, text);
  }

  it('answers fragments once, by a signature that the bot has verified', async () => {
    const app = await start({ BOT_URL: botUrl, BOT_SECRET, VENOM_SENDER_URL: gateway.url });
    await write(app, 'Can I', 'book a haircut', 'for tomorrow?');
    const [reply] = await gateway.hears(1);
    expect(reply?.body).toContain('You wrote: Can I book a haircut for tomorrow?');
    await bot.waitForLine(/took b-.*: signature valid, 3 fragments/, STUCK_MS);
    expect(gateway.heard).toHaveLength(1);
    expect(await app.terminate()).toBe(0);
  });

  it('refuses calls that are not signed, and forgeries', async () => {
    expect((await postJson(botUrl, { text: 'forged' })).status).toBe(401);
    const headers = {
      'webhook-id': 'b-1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    };
    expect((await postJson(botUrl, { text: 'forged' }, headers)).status).toBe(401);
  });

  it('outlives a request that is broken off', async () => {
    const half = connect(Number(new URL(botUrl).port), '127.0.0.1');
    await new Promise((resolve) =>
      half.end('POST / HTTP/1.1\r\nhost: bot\r\ncontent-length: 100\r\n\r\n{', () => resolve(null)),
    );
    half.resetAndDestroy();
    await bot.waitForLine(/^gave up: /, STUCK_MS);
    expect((await postJson(botUrl, { text: 'forged' })).status).toBe(401);
  });

  it('logs the merged message where there is no bot', async () => {
    const app = await start({});
    await app.waitForLine(/BOT_URL is not set: merged messages are logged/);
    await write(app, 'Hi', 'there');
    await app.waitForLine(/Merged message for 79001234567: Hi there/);
    expect(await app.terminate()).toBe(0);
  });
});
