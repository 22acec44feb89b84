import { Redis } from 'ioredis';
import { AppProcess } from '../support/app-process';
import { eventually } from '../support/eventually';
import { sampleOf } from '../support/gateway-samples';
import { SECRETS, signed } from '../support/gateway-signatures';
import { type Answer, send } from '../support/http';
import { RedisServer } from '../support/redis-server';

const CHATWOOT = JSON.parse(sampleOf('chatwoot/incoming-after-greeting.json').bytes.toString()) as object;
const EVOLUTION_GO = JSON.parse(sampleOf('evolution-go/message-reply.json').bytes.toString()) as object;
const PHONE = '79001234567';

/** What gateways that do not repeat have sent while Redis was away. */
describe('an outage of Redis', () => {
  let redis: RedisServer;
  let webhook: AppProcess;
  let client: Redis;

  beforeEach(async () => {
    redis = await RedisServer.start({ appendonly: true });
    const env = { ...SECRETS, REDIS_URL: redis.url, LOG_FORMAT: 'json' };
    webhook = await AppProcess.start('webhook', env);
    client = new Redis(redis.url);
    client.on('error', () => undefined);
  });
  afterEach(async () => {
    client.disconnect();
    if (!webhook.hasExited) await webhook.terminate();
    await redis.stop();
  });

  function post(gateway: string, content: object): Promise<Answer> {
    const body = JSON.stringify(content);
    const headers = { 'content-type': 'application/json', ...signed(gateway, body) };
    return send(`${webhook.url}/webhook/${gateway}`, { method: 'POST', headers, body });
  }

  const says = (id: number, content: string): object => ({ ...CHATWOOT, id, content });
  const venom = (body: string, id?: string): object => ({ from: PHONE, body, ...(id && { id }) });
  const stored = async (id: string): Promise<unknown[]> =>
    (await client.lrange(`rapid-fire:${id}`, 0, -1)).map(
      (json) => (JSON.parse(json) as { text: string }).text,
    );
  const spilt = async (): Promise<string | undefined> =>
    /rapid_fire_gateway_bodies_spilt (\d+)/.exec((await send(`${webhook.url}/metrics`)).text)?.[1];

  it('loses nothing of them: it is taken in once Redis is back, in its order and once', async () => {
    await redis.kill();
    const refused = [
      await post('chatwoot', says(1, 'Здравствуйте')),
      await post('chatwoot', says(2, 'на завтра?')),
      await post('venom', venom('да', 'v-1')),
      await post('evolution-go', EVOLUTION_GO),
      // Repeated, it would be a second one; Telegram repeats by itself.
      await post('venom', venom('без номера')),
      await post('telegram', JSON.parse(sampleOf('telegram/text-private.json').bytes.toString()) as object),
    ];
    expect(refused.map(({ status }) => status)).toEqual([500, 500, 503, 503, 503, 503]);
    expect(await spilt()).toBe('4');

    await redis.restart();
    await eventually('all of it to be taken in', spilt, (bodies) => bodies === '0');
    expect(await stored('3:cw:57')).toEqual(['Здравствуйте', 'на завтра?']);
    expect(await stored(PHONE)).toEqual(['да']);
    expect(await stored(`salon:${PHONE}`)).toEqual(['да, подойдёт']);
    expect(await client.keys('rapid-fire:*tg*')).toEqual([]);
    // An agent bot's call comes again all the same, and so does what Evolution Go posts.
    const again = [await post('chatwoot', says(1, 'Здравствуйте')), await post('evolution-go', EVOLUTION_GO)];
    for (const { body } of again) expect(body).toMatchObject({ results: [{ outcome: 'duplicate' }] });
  });

  it('that lasts longer than the process is said', async () => {
    await redis.kill();
    await post('chatwoot', says(3, 'Здравствуйте'));
    expect(await webhook.terminate()).toBe(0);
    expect(webhook.lines.join('\n')).toContain('are lost with this process');
  });
});
