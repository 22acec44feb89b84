import { BotStage } from '../support/bot-stage';
import { SECRETS, signed } from '../support/gateway-signatures';
import { resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { sendJson } from '../support/stand-in';

const CHAT = '79001234567@s.whatsapp.net';
const INFO = {
  Chat: CHAT,
  Sender: CHAT,
  SenderAlt: '241758390126644@lid',
  IsFromMe: false,
  PushName: 'Анна',
};

describe('a round trip with Evolution Go', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start((EVOLUTION_GO_URL) => ({
      ...{ EVOLUTION_GO_URL, EVOLUTION_GO_API_KEY: 'nord=token-2,salon=token-1', TYPING_FEEDBACK: 'true' },
      ...{ EVOLUTION_GO_WEBHOOK_SECRET: SECRETS.EVOLUTION_GO_WEBHOOK_SECRET },
      ...{ BATCH_TIMEOUT: '60000', ON_HUMAN_REPLY: 'hold' },
    }));
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Есть!' });
    // As its API answers: the id is the one that its webhook names the message by.
    stage.gateway.answer = ({ path }, response) =>
      sendJson(response, 200, {
        message: 'success',
        data: path === '/send/text' && { Info: { ID: '3EB0A0' } },
      });
  });
  afterAll(() => stage.stop());

  function post(Message: object, info: object, event = 'Message', secret = 'evolution-go'): Promise<Answer> {
    const data = { Info: { ...INFO, ...info }, Message };
    const body = JSON.stringify({ event, instanceName: 'salon', instanceToken: 'token-1', data });
    const headers = { 'content-type': 'application/json', ...signed(secret, body) };
    return send(`${stage.webhook.url}/webhook/evolution-go`, { method: 'POST', headers, body });
  }

  const key = (ID: string): object => ({ ID, fromMe: true, remoteJID: CHAT });

  it('takes a burst in and one reply out; edits, deletions and our own words are none of it', async () => {
    expect((await post({ conversation: 'на четверг' }, { ID: 'A1' }, 'Message', 'venom')).status).toBe(401);
    const editedMessage = { conversation: 'на пятницу' };
    const answers = [
      await post({ conversation: 'на четверг' }, { ID: 'A1' }),
      await post({ conversation: 'на четверг' }, { ID: 'A1' }),
      await post({ conversation: 'ой' }, { ID: 'A2' }),
      await post({ protocolMessage: { key: key('A1'), type: 14, editedMessage } }, { ID: 'A3', Edit: '1' }),
      await post({ protocolMessage: { key: key('A2'), type: 0 } }, { ID: 'A4', Edit: '7' }),
      await post({ conversation: 'да' }, { ID: '3EB0FF', IsFromMe: true }, 'SendMessage'),
    ];
    expect(
      answers.map((answer) => resultsOf(answer)[0]).map((result) => result?.reason ?? result?.outcome),
    ).toEqual(['opened', 'duplicate', 'extended', 'edited', 'revoked', 'via-api']);
    await stage.customers.post('/admin/batches/79001234567/flush?companyId=salon');
    const [call] = await stage.bot.hears(1);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      text: 'на пятницу',
      messageCount: 1,
      channel: 'whatsapp',
    });
    const heard = await stage.gateway.hears(2);
    expect(
      heard.map(({ path, headers, body }): unknown[] => [path, headers.apikey, JSON.parse(body)]),
    ).toEqual(
      expect.arrayContaining([
        [
          '/message/presence',
          'token-1',
          { number: CHAT, state: 'composing', isAudio: false, delay: expect.any(Number) as number },
        ],
        ['/send/text', 'token-1', { number: CHAT, text: 'Есть!', formatJid: false }],
      ]),
    );
    const own = await post({ conversation: 'Сейчас подойду' }, { ID: '3A0F', IsFromMe: true });
    expect(resultsOf(own)).toMatchObject([{ kind: 'echo', outcome: 'held' }]);
    expect(stage.output).not.toContain('token-1');
  });
});
