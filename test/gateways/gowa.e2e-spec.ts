import { BotStage } from '../support/bot-stage';
import { SECRETS, signed } from '../support/gateway-signatures';
import { resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { sendJson } from '../support/stand-in';

const OWN = '79007654321@s.whatsapp.net';
const CHAT = '79001234567@s.whatsapp.net';

describe('a round trip with GOWA', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start((GOWA_API_URL) => ({
      ...{ GOWA_API_URL, GOWA_BASIC_AUTH: 'user:gowa-password', TYPING_FEEDBACK: 'true' },
      ...{ GOWA_WEBHOOK_SECRET: SECRETS.GOWA_WEBHOOK_SECRET, BATCH_TIMEOUT: '60000', ON_HUMAN_REPLY: 'hold' },
    }));
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Есть!' });
  });
  afterAll(() => stage.stop());

  function post(payload: object, event = 'message', secret = 'gowa'): Promise<Answer> {
    const whole = { id: '3EB0', chat_id: CHAT, from: CHAT, is_from_me: false, ...payload };
    const body = JSON.stringify({ event, device_id: OWN, session_id: 'salon', payload: whole });
    const headers = { 'content-type': 'application/json', ...signed(secret, body) };
    return send(`${stage.webhook.url}/webhook/gowa`, { method: 'POST', headers, body });
  }

  it('takes a burst in and one reply out; edits, deletions and our own words are none of it', async () => {
    expect((await post({ id: 'A1', body: 'на четверг' }, 'message', 'meta')).status).toBe(401);
    const answers = [
      await post({ id: 'A1', body: 'на четверг' }),
      await post({ id: 'A1', body: 'на четверг' }),
      await post({ id: 'A2', body: 'ой' }),
      await post({ id: 'A3', original_message_id: 'A1', body: 'на пятницу' }, 'message.edited'),
      await post({ id: 'A4', revoked_message_id: 'A2' }, 'message.revoked'),
      await post({ id: '3EB0FF', is_from_me: true, from: OWN, body: 'да' }),
    ];
    expect(
      answers.map((answer) => resultsOf(answer)[0]).map((result) => result?.reason ?? result?.outcome),
    ).toEqual([...['opened', 'duplicate', 'extended', 'edited', 'revoked', 'via-api']]);
    await stage.customers.post('/admin/batches/79001234567/flush?companyId=salon');
    const [call] = await stage.bot.hears(1);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      text: 'на пятницу',
      messageCount: 1,
      channel: 'whatsapp',
    });
    const heard = await stage.gateway.hears(2);
    expect(heard.map(({ path, body }): unknown[] => [path, JSON.parse(body)])).toEqual(
      expect.arrayContaining([
        ['/send/chat-presence', { phone: CHAT, action: 'start' }],
        ['/send/message', { phone: CHAT, message: 'Есть!' }],
      ]),
    );
    expect(stage.output).not.toContain('gowa-password');
  });
});
