import type { MergedMessage } from '@app/contracts';
import { AppProcess } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { sampleOf } from '../support/gateway-samples';
import { SECRETS, signed } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { RedisServer } from '../support/redis-server';
import { sendJson } from '../support/stand-in';

const PHONE = '79001234567';
const INSTANCE = '1101000001';
const bodyOf = (file: string): string => sampleOf(`green-api/${file}.json`).bytes.toString();

/** A message in words, with an id of its own. */
function says(idMessage: string, textMessage: string, typeWebhook = 'incomingMessageReceived'): string {
  const messageData = { typeMessage: 'textMessage', textMessageData: { textMessage } };
  return JSON.stringify({ ...parsed('quoted-reply'), typeWebhook, idMessage, messageData });
}

const parsed = (file: string): Record<string, unknown> => JSON.parse(bodyOf(file)) as Record<string, unknown>;
/** A sample's change of another message. */
const changes = (file: string, target: string): string =>
  bodyOf(file).replaceAll('3A9EAD8EDB7A9D438001', target);

function post(url: string, body: string, headers = signed('green-api', body)): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers };
  return send(`${url}/webhook/green-api`, { method: 'POST', headers: all, body });
}

describe('what Green API posts', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const env = { GATEWAY_COMPANIES: `green-api:${INSTANCE}=962302`, ON_HUMAN_REPLY: 'hold' };
    stage = await GatewayStage.start({ batcher: false, env });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  async function outcomesOf(...bodies: string[]): Promise<unknown[]> {
    const outcomes = [];
    for (const body of bodies) {
      const answer = await post(stage.system.webhook.url, body);
      expect(answer.status).toBe(200);
      const [result] = resultsOf(answer);
      outcomes.push(result?.reason ?? result?.outcome);
    }
    return outcomes;
  }

  it('is stored once, for the company of the instance; an edit and a deletion change what waits', async () => {
    const bodies = [says('m-1', 'на четверг'), says('m-2', 'ой'), says('m-1', 'на четверг')];
    expect(await outcomesOf(...bodies)).toEqual(['opened', 'extended', 'duplicate']);
    const changed = [changes('edited-text', 'm-1'), changes('deleted-incoming', 'm-2')];
    expect(await outcomesOf(...changed)).toEqual(['edited', 'revoked']);
    expect(await stage.storedIn(`962302:${PHONE}`)).toMatchObject([
      { messageId: 'm-1', text: 'на пятницу, в 18:00', source: { account: INSTANCE } },
    ]);
  });

  it('has ids that count in one chat alone', async () => {
    const body = bodyOf('telegram-user-text');
    expect(await outcomesOf(body, body.replaceAll('10000077', '10000078'))).toEqual(['opened', 'opened']);
  });

  it('by a call is ours, and by a colleague on the phone holds the conversation', async () => {
    const own = says('m-3', 'Есть!', 'outgoingAPIMessageReceived');
    expect(await outcomesOf(says('m-1', 'да'), own, bodyOf('outgoing-phone'))).toEqual([
      ...['opened', 'via-api', 'held'],
    ]);
  });

  it('without its token is refused', async () => {
    const { url } = stage.system.webhook;
    for (const headers of [{}, signed('venom', ''), { authorization: 'Bearer other' }])
      expect((await post(url, says('m-1', 'да'), headers)).status).toBe(401);
    expect(await stage.conversations()).toEqual([]);
  });

  it.each(['{', '{"typeWebhook":"incomingMessageReceived"}', '7'])(
    'is 200 where it cannot be read, or its instance would stand still: %s',
    async (body) => {
      expect((await post(stage.system.webhook.url, body)).status).toBe(200);
      expect((await stage.system.send('/admin/unreadable')).body).toMatchObject({
        items: [{ gateway: 'green-api' }],
      });
    },
  );

  it('does not stop for one full conversation: what it refuses is kept for an operator', async () => {
    const full = Array.from({ length: 6 }, (_, i) => says(`m-${i}`, String(i)));
    expect((await outcomesOf(...full)).at(-1)).toBe('over-cap');
    expect((await stage.system.send('/admin/unreadable')).body).toMatchObject({
      items: [{ gateway: 'green-api', reasons: ['over-cap'], body: { idMessage: 'm-5' } }],
    });
    expect(await outcomesOf(bodyOf('telegram-user-text'))).toEqual(['opened']);
  });

  it('does not stop for one conversation that is set aside', async () => {
    expect(await outcomesOf(says('m-1', 'да'))).toEqual(['opened']);
    await stage.system.redis.set(`rapid-fire-state:962302:${PHONE}`, 'of another program');
    expect(await outcomesOf(says('m-2', 'да'))).toEqual(['set-aside']);
  });

  it('is to come again while Redis is away', async () => {
    const redis = await RedisServer.start();
    const { GREEN_API_WEBHOOK_TOKEN } = SECRETS;
    const env = { GREEN_API_WEBHOOK_TOKEN, REDIS_URL: redis.url, LOG_FORMAT: 'json' };
    const webhook = await AppProcess.start('webhook', env);
    await redis.stop();
    const answers = [await post(webhook.url, says('m-1', 'да')), await post(webhook.url, '{')];
    await webhook.terminate();
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  });
});

describe('a round trip', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({
      ...{ GREEN_API_TOKEN: `${INSTANCE}=green-api-token`, TYPING_FEEDBACK: 'true' },
      GREEN_API_WEBHOOK_TOKEN: SECRETS.GREEN_API_WEBHOOK_TOKEN,
      // A burst ends when the test says so, however slow the machine.
      BATCH_TIMEOUT: '60000',
    });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: '**Есть!**' });
    stage.gateway.answer = (_, response) => sendJson(response, 200, { idMessage: 'BAE5F00DCAFE0001' });
  });
  afterAll(() => stage.stop());

  it('takes a burst in and one reply out, with typing shown, and knows its own words', async () => {
    const { url } = stage.webhook;
    const burst = [says('m-1', 'на'), says('m-2', 'ой'), bodyOf('buttons-response'), says('m-1', 'на')];
    const meanwhile = [changes('edited-text', 'm-1'), changes('deleted-incoming', 'm-2')];
    for (const body of [...burst, ...meanwhile]) expect((await post(url, body)).status).toBe(200);
    const home = `/admin/batches/${PHONE}/flush?companyId=${INSTANCE}`;
    expect((await stage.customers.post(home)).status).toBe(200);

    const [call] = await stage.bot.hears(1);
    const merged = JSON.parse(call?.body ?? '') as MergedMessage;
    expect(merged).toMatchObject({ channel: 'whatsapp', text: 'на пятницу, в 18:00 15:00' });
    expect(merged.messages.at(-1)).toMatchObject({ metadata: { buttonId: 'slot_1500' } });
    const heard = await eventually(
      'two calls',
      () => Promise.resolve(stage.gateway.heard),
      ({ length }) => length >= 2,
    );
    const chatId = `${PHONE}@c.us`;
    expect(heard.map(({ path, body }): unknown[] => [path, JSON.parse(body)])).toEqual([
      [`/waInstance${INSTANCE}/sendTyping/green-api-token`, { chatId, typingTime: 5_000 }],
      [`/waInstance${INSTANCE}/sendMessage/green-api-token`, { chatId, message: '*Есть!*' }],
    ]);

    const own = says('BAE5F00DCAFE0001', '*Есть!*', 'outgoingAPIMessageReceived');
    expect(resultsOf(await post(url, own))).toMatchObject([{ kind: 'echo', reason: 'via-api' }]);
    expect(stage.bot.heard).toHaveLength(1);
    expect(stage.output).not.toContain('green-api-token');
  });
});
