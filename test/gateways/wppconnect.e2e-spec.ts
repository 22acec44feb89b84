import { BotStage } from '../support/bot-stage';
import { SECRETS, signed } from '../support/gateway-signatures';
import { resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { sendJson } from '../support/stand-in';

const OWN = '79007654321@c.us';
const CHAT = '79001234567@c.us';

describe('a round trip with WPPConnect', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start((WPPCONNECT_URL) => ({
      ...{ WPPCONNECT_URL, WPPCONNECT_TOKEN: 'wppconnect-token', TYPING_FEEDBACK: 'true' },
      WPPCONNECT_WEBHOOK_SECRET: `${SECRETS.WPPCONNECT_WEBHOOK_SECRET},new-secret-02`,
      ...{ BATCH_TIMEOUT: '60000', ON_HUMAN_REPLY: 'hold' },
    }));
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Есть!' });
  });
  afterAll(() => stage.stop());

  function post(event: string, data: object, query = '', proof = signed('wppconnect', '')): Promise<Answer> {
    const message = { type: 'chat', from: CHAT, to: OWN, fromMe: false, ...data };
    const body = JSON.stringify({ event, session: 'salon', ...message });
    const headers = { 'content-type': 'application/json', ...proof };
    return send(`${stage.webhook.url}/webhook/wppconnect${query}`, { method: 'POST', headers, body });
  }
  const idOf = (stanza: string, fromMe = false): string => `${fromMe}_${CHAT}_${stanza}`;

  it('takes a burst in and one reply out; what is taken back and our own words are none of it', async () => {
    const first = { id: idOf('3AA1'), body: 'на пятницу' };
    expect((await post('onmessage', first, '', {})).status).toBe(401);
    expect((await post('onmessage', first, '?secret=wrong-secret', {})).status).toBe(401);
    const sent = { id: idOf('3EB0FF', true), fromMe: true, from: OWN, to: CHAT, body: 'да' };
    const answers = [
      await post('onmessage', first),
      await post('onmessage', first, '?secret=new-secret-02', {}),
      await post('onmessage', { id: idOf('3AA2'), body: 'ой' }),
      await post('onrevokedmessage', { id: idOf('3AA3'), refId: idOf('3AA2') }),
      await post('onack', { ...sent, ack: 3 }),
      await post('onselfmessage', sent),
    ];
    expect(
      answers.map((answer) => resultsOf(answer)[0]).map((result) => result?.reason ?? result?.outcome),
    ).toEqual([...['opened', 'duplicate', 'extended', 'revoked', 'not-acted-on', 'via-api']]);
    await stage.customers.post('/admin/batches/79001234567/flush?companyId=salon');
    const [call] = await stage.bot.hears(1);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      text: 'на пятницу',
      messageCount: 1,
      channel: 'whatsapp',
    });
    const heard = await stage.gateway.hears(2);
    const to = { phone: CHAT, isGroup: false, isLid: false };
    expect(heard.map(({ path, body }): unknown[] => [path, JSON.parse(body)])).toEqual(
      expect.arrayContaining([
        ['/api/salon/typing', { ...to, value: true }],
        ['/api/salon/send-message', { ...to, message: 'Есть!' }],
      ]),
    );
    expect(stage.output).not.toMatch(/wppconnect-token|secret-0[12]/);
  });
});
