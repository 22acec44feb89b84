import type { MergedMessage } from '@app/contracts';
import { BotStage } from '../support/bot-stage';
import { sampleOf } from '../support/gateway-samples';
import { secretOf, signed } from '../support/gateway-signatures';
import { GatewayStage } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
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
});

it('a press shows the bot what was pressed, and ends the customer’s waiting', async () => {
  const stage = await BotStage.start(
    {
      ...{ MAX_BOT_TOKEN: 'max-token', MAX_WEBHOOK_SECRET: secretOf('max'), BATCH_TIMEOUT: '60000' },
    },
    { inOneProcess: true },
  );
  try {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Есть!' });
    for (const body of [bodyOf('audio-transcription'), bodyOf('callback-button')])
      expect((await post(stage.webhook.url, body)).status).toBe(200);
    expect((await stage.customers.post(`/admin/batches/${DIALOG}/flush`)).status).toBe(200);
    const [call] = await stage.bot.hears(1);
    expect((JSON.parse(call?.body ?? '') as MergedMessage).messages.at(-1)).toMatchObject({
      ...{ text: '15:00', metadata: { buttonId: 'slot_1500' } },
    });
    const paths = (await stage.gateway.hears(2)).map(({ path }) => path);
    expect(paths.sort()).toEqual([
      ...['/answers?callback_id=f9DemoCallback_Kb01-pressed', '/messages?chat_id=730000045'],
    ]);
  } finally {
    await stage.stop();
  }
});
