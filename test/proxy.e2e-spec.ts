import { AdminClient } from './support/admin-client';
import { AppProcess } from './support/app-process';
import { UNHURRIED } from './support/patience';
import { RedisServer } from './support/redis-server';

const LIMIT = 2;

describe('behind a proxy', () => {
  let redis: RedisServer;
  let webhook: AppProcess;

  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterEach(() => webhook.terminate());
  afterAll(() => redis.stop());

  async function start(proxies: string): Promise<void> {
    const env = { REDIS_URL: redis.url, ADMIN_API_KEY: 'admin-key', WRONG_SECRETS_PER_MINUTE: String(LIMIT) };
    webhook = await AppProcess.start('webhook', {
      ...env,
      ...UNHURRIED,
      LOG_FORMAT: 'json',
      TRUST_PROXY: proxies,
    });
  }

  /** What so many wrong keys are answered with, as a proxy on this machine passes them on. */
  async function statuses(forwardedFor: readonly string[]): Promise<number[]> {
    const answers: number[] = [];
    for (const addresses of forwardedFor) {
      const client = new AdminClient(webhook, { 'x-api-key': 'a-guess', 'x-forwarded-for': addresses });
      answers.push((await client.get('/admin/config')).status);
    }
    return answers;
  }

  it.each(['loopback', '127.0.0.0/8', '1'])(
    'named by %s, clients are counted one by one',
    async (proxies) => {
      await start(proxies);
      const [guesser, other] = [`198.51.100.${proxies.length}`, `203.0.113.${proxies.length}`];
      expect(await statuses([guesser, guesser, guesser, other])).toEqual([401, 401, 429, 401]);
      await webhook.waitForLine(new RegExp(`Too many wrong secrets.*${guesser}|${guesser}.*Too many wrong`));
    },
  );

  it('what a client says of itself before the proxy does is not believed', async () => {
    await start('loopback');
    const forged = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => `${address}, 198.51.100.99`);
    expect(await statuses(forged)).toEqual([401, 401, 429]);
  });

  it.each(['', '10.0.0.0/8'])('not named (%j), the header is not believed', async (proxies) => {
    await redis.restart();
    await start(proxies);
    expect(await statuses(['198.51.100.1', '198.51.100.2', '198.51.100.3'])).toEqual([401, 401, 429]);
  });
});
