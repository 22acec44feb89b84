import type { MergedMessage } from '@app/contracts';
import { AppProcess } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { sampleOf } from '../support/gateway-samples';
import { SECRETS, signed } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { RedisServer } from '../support/redis-server';
import { sendJson } from '../support/stand-in';

/** The two messengers that share Meta's envelope. */
const BOTH = [
  {
    ...{ name: 'messenger', object: 'page', customer: 'fb:3383000000000001', page: '117000000000001' },
    ...{ press: 'messenger/quick-reply.json' },
  },
  {
    ...{ name: 'instagram', object: 'instagram', customer: 'ig:1234567890123456', page: '17841400000000000' },
    ...{ press: 'instagram/postback.json' },
  },
] as const;

type Messenger = (typeof BOTH)[number];

/** An item of one of their posts. */
function posted({ object, customer, page }: Messenger, said: object, own = false): string {
  const anna = { id: customer.slice(3) };
  const [sender, recipient] = own ? [{ id: page }, anna] : [anna, { id: page }];
  const item = { sender, recipient, timestamp: 1763700001000, ...said };
  return JSON.stringify({ object, entry: [{ id: page, time: 1763700001250, messaging: [item] }] });
}

const says = (to: Messenger, mid: string, text: string): string => posted(to, { message: { mid, text } });

function post(url: string, { name }: Messenger, body: string, headers = signed(name, body)): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers };
  return send(`${url}/webhook/${name}`, { method: 'POST', headers: all, body });
}

describe.each(BOTH)('what $name posts', (to) => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const env = { GATEWAY_COMPANIES: `${to.name}:${to.page}=962302`, ON_HUMAN_REPLY: 'hold' };
    stage = await GatewayStage.start({ batcher: false, env });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  async function outcomesOf(...bodies: string[]): Promise<unknown[]> {
    const outcomes = [];
    for (const body of bodies) {
      const answer = await post(stage.system.webhook.url, to, body);
      expect(answer.status).toBe(200);
      outcomes.push(...resultsOf(answer).map(({ outcome, reason }) => reason ?? outcome));
    }
    return outcomes;
  }

  it('is stored once; edits and deletions change what waits', async () => {
    const burst = [says(to, 'm_1', 'на четверг'), says(to, 'm_2', 'ой'), says(to, 'm_1', 'на четверг')];
    expect(await outcomesOf(...burst)).toEqual(['opened', 'extended', 'duplicate']);
    const changes = [
      posted(to, { message_edit: { mid: 'm_1', text: 'на пятницу', num_edit: 1 } }),
      posted(to, { message: { mid: 'm_2', is_deleted: true } }),
    ];
    expect(await outcomesOf(...changes)).toEqual(['edited', 'revoked']);
    expect(await stage.storedIn(`962302:${to.customer}`)).toMatchObject([
      { messageId: 'm_1', text: 'на пятницу', source: { account: to.page, chatId: to.customer.slice(3) } },
    ]);
  });

  it('by us is ignored, unless a person wrote it', async () => {
    const own = (app_id?: number): string =>
      posted(to, { message: { mid: `m_${app_id}`, is_echo: true, text: 'да', app_id } }, true);
    await outcomesOf(says(to, 'm_1', 'алло'));
    expect(await outcomesOf(own(), own(1517776481860111), own(263902037430900))).toEqual([
      ...['via-api', 'via-api', 'held'],
    ]);
  });

  it('is refused where the signature is another’s', async () => {
    const body = says(to, 'm_1', 'алло');
    const { url } = stage.system.webhook;
    for (const headers of [{}, signed('meta', body), signed(to.name, `${body} `), signed('venom', '')])
      expect((await post(url, to, body, headers)).status).toBe(401);
    expect(await stage.conversations()).toEqual([]);
  });

  it('is 200 where it cannot be read, and kept', async () => {
    for (const body of ['{', '{"object":"user","entry":[]}', `{"object":"${to.object}"}`])
      expect((await post(stage.system.webhook.url, to, body)).status).toBe(200);
    const { body } = await stage.system.send('/admin/unreadable');
    expect(body.items).toHaveLength(3);
  });

  it('is preceded by a handshake', async () => {
    const query = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=';
    const ask = (token: string): Promise<Answer> => stage.system.send(`/webhook/${to.name}?${query}${token}`);
    expect(await ask(`${to.name}-verify-token`)).toMatchObject({ status: 200, text: '1158201444' });
    expect((await ask(SECRETS.META_VERIFY_TOKEN)).status).toBe(403);
  });

  it('is to come again while Redis is away', async () => {
    const redis = await RedisServer.start();
    const { MESSENGER_APP_SECRET, INSTAGRAM_APP_SECRET } = SECRETS;
    const env = { MESSENGER_APP_SECRET, INSTAGRAM_APP_SECRET, REDIS_URL: redis.url, LOG_FORMAT: 'json' };
    const webhook = await AppProcess.start('webhook', env);
    await redis.stop();
    const answer = await post(webhook.url, to, says(to, 'm_1', 'алло'));
    await webhook.terminate();
    expect(answer.status).toBe(503);
  });
});

describe('a round trip', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start((gatewayUrl) => ({
      ...{ MESSENGER_API_URL: `${gatewayUrl}/v23.0`, INSTAGRAM_API_URL: `${gatewayUrl}/v23.0` },
      ...{ MESSENGER_API_TOKEN: 'page-token', INSTAGRAM_API_TOKEN: 'account-token', TYPING_FEEDBACK: 'true' },
      ...{ MESSENGER_APP_SECRET: SECRETS.MESSENGER_APP_SECRET },
      ...{ INSTAGRAM_APP_SECRET: SECRETS.INSTAGRAM_APP_SECRET },
      // A burst ends when the test says so, however slow the machine.
      ...{ BATCH_TIMEOUT: '60000' },
    }));
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Есть!' });
  });
  afterAll(() => stage.stop());

  it.each(BOTH)('on $name takes a burst in and one reply out, with typing shown', async (to) => {
    stage.bot.heard.length = 0;
    stage.gateway.heard.length = 0;
    const press = sampleOf(to.press).bytes.toString();
    for (const body of [says(to, 'm_1', 'алло'), press, says(to, 'm_1', 'алло')])
      expect((await post(stage.webhook.url, to, body)).status).toBe(200);
    const flush = `/admin/batches/${encodeURIComponent(to.customer)}/flush?companyId=${to.page}`;
    expect((await stage.customers.post(flush)).status).toBe(200);
    const [call] = await stage.bot.hears(1);
    expect(JSON.parse(call?.body ?? '') as MergedMessage).toMatchObject({
      ...{ conversationId: `${to.page}:${to.customer}`, channel: to.name, messageCount: 2 },
    });
    const heard = await stage.gateway.hears(2);
    const recipient = { id: to.customer.slice(3) };
    expect(heard.map(({ path, body }): unknown[] => [path, JSON.parse(body)])).toEqual(
      expect.arrayContaining([
        [`/v23.0/${to.page}/messages`, { recipient, sender_action: 'typing_on' }],
        [`/v23.0/${to.page}/messages`, { recipient, messaging_type: 'RESPONSE', message: { text: 'Есть!' } }],
      ]),
    );
    expect(heard).toHaveLength(2);
    expect(stage.output).not.toMatch(/page-token|account-token/);
  });
});
