import type { MergedMessage } from '@app/contracts';
import { AppProcess } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { sampleOf } from '../support/gateway-samples';
import { SECRETS, signed } from '../support/gateway-signatures';
import { GatewayStage } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { RedisServer } from '../support/redis-server';
import { sendJson } from '../support/stand-in';

const DIALOG = 'max:730000045';
const MID = 'mid.000000002b833b2d019aa4c0e2000001';
const bodyOf = (file: string): string => sampleOf(`max/${file}.json`).bytes.toString();
/** A sample about another message. */
const as = (mid: string, file = 'message-dialog-text'): string => bodyOf(file).replaceAll(MID, mid);

function post(url: string, body: string, headers = signed('max', body)): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers };
  return send(`${url}/webhook/max`, { method: 'POST', headers: all, body });
}

describe('what MAX posts', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start({ batcher: false, env: { GATEWAY_COMPANIES: 'max=962302' } });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  it('is stored once under the dialog, for the company of the gateway', async () => {
    const outcomes = [];
    for (let i = 0; i < 2; i += 1) {
      const { body } = await post(stage.system.webhook.url, as(MID));
      outcomes.push((body.results as { outcome: string }[])[0]?.outcome);
    }
    expect(outcomes).toEqual(['opened', 'duplicate']);
    expect(await stage.storedIn(`962302:${DIALOG}`)).toMatchObject([
      { messageId: MID, source: { gateway: 'max', account: null, chatId: '730000045' } },
    ]);
  });

  it('changes and removes what waits, though a removal names its message alone', async () => {
    const { url } = stage.system.webhook;
    for (const body of [as(MID), as('mid.2'), bodyOf('message-edited'), as('mid.2', 'message-removed')])
      expect((await post(url, body)).status).toBe(200);
    const stored = await stage.storedIn(`962302:${DIALOG}`);
    expect(stored.map(({ text }) => text)).toEqual(['Здравствуйте, можно записаться на завтра?']);
  });

  it('without its secret is refused', async () => {
    const { url } = stage.system.webhook;
    for (const headers of [{}, signed('venom', ''), { 'x-max-bot-api-secret': 'max_secret-02' }])
      expect((await post(url, as(MID), headers)).status).toBe(401);
    expect(await stage.conversations()).toEqual([]);
  });

  it.each(['{', '{"update_type":"message_created"}'])('is 200 where it cannot be read: %s', async (body) => {
    expect((await post(stage.system.webhook.url, body)).status).toBe(200);
    expect((await stage.system.send('/admin/unreadable')).body).toMatchObject({
      items: [{ gateway: 'max' }],
    });
  });

  it('is to come again while Redis is away', async () => {
    const redis = await RedisServer.start();
    const env = { MAX_WEBHOOK_SECRET: SECRETS.MAX_WEBHOOK_SECRET, REDIS_URL: redis.url, LOG_FORMAT: 'json' };
    const webhook = await AppProcess.start('webhook', env);
    await redis.stop();
    const answer = await post(webhook.url, as(MID));
    await webhook.terminate();
    expect(answer.status).toBe(503);
  });
});

describe('a round trip', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({
      ...{
        MAX_BOT_TOKEN: 'max-token',
        MAX_WEBHOOK_SECRET: SECRETS.MAX_WEBHOOK_SECRET,
        TYPING_FEEDBACK: 'true',
      },
      // A burst ends when the test says so, however slow the machine.
      ...{ BATCH_TIMEOUT: '60000' },
    });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Есть!' });
  });
  afterAll(() => stage.stop());

  it('takes a burst in and one reply out, with typing shown and a press answered', async () => {
    for (const body of [as(MID), bodyOf('audio-transcription'), bodyOf('callback-button'), as(MID)])
      expect((await post(stage.webhook.url, body)).status).toBe(200);
    expect((await stage.customers.post(`/admin/batches/${DIALOG}/flush`)).status).toBe(200);
    const [call] = await stage.bot.hears(1);
    const merged = JSON.parse(call?.body ?? '') as MergedMessage;
    expect(merged).toMatchObject({ conversationId: DIALOG, channel: 'max', messageCount: 3 });
    expect(merged.messages.at(-1)).toMatchObject({ text: '15:00', metadata: { buttonId: 'slot_1500' } });
    const heard = await eventually(
      'three calls',
      () => Promise.resolve(stage.gateway.heard),
      ({ length }) => length >= 3,
    );
    const calls = heard.map(({ path, headers, body }): unknown[] => [
      path,
      headers.authorization,
      JSON.parse(body),
    ]);
    expect(calls).toHaveLength(3);
    expect(calls).toEqual(
      expect.arrayContaining([
        ['/messages?chat_id=730000045', 'max-token', { text: 'Есть!' }],
        ['/chats/730000045/actions', 'max-token', { action: 'typing_on' }],
        ['/answers?callback_id=f9DemoCallback_Kb01-pressed', 'max-token', {}],
      ]),
    );
    expect(stage.bot.heard).toHaveLength(1);
    expect(stage.output).not.toContain('max-token');
  });
});
