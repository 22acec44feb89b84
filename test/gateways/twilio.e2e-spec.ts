import type { MergedMessage } from '@app/contracts';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { contentTypeOf, sampleOf } from '../support/gateway-samples';
import { PUBLIC_URL, SECRETS, signed, twilioSignature } from '../support/gateway-signatures';
import { GatewayStage } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { sendJson } from '../support/stand-in';

const PATH = '/webhook/twilio?company=123456';
const CUSTOMER = '79001234567';
const bodyOf = (file: string): string => sampleOf(`twilio/${file}.txt`).bytes.toString();
const OF_PROXY = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'app.example.test' };

function post(url: string, body: string, headers = signed('twilio', body, PATH)): Promise<Answer> {
  const all = { 'content-type': contentTypeOf('twilio'), ...OF_PROXY, ...headers };
  return send(`${url}${PATH}`, { method: 'POST', headers: all, body });
}

describe('what Twilio posts', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const env = { GATEWAY_COMPANIES: 'twilio:15550783881=962302', LOG_FORMAT: 'json' };
    stage = await GatewayStage.start({ batcher: false, env });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  it('is stored once, and answered with TwiML that says nothing', async () => {
    for (let i = 0; i < 2; i += 1)
      expect(await post(stage.system.webhook.url, bodyOf('whatsapp-interactive'))).toMatchObject({
        ...{ status: 200, type: 'text/xml', text: '<Response/>' },
      });
    expect(await stage.storedIn(`962302:${CUSTOMER}`)).toMatchObject([
      {
        ...{ text: '15:00', metadata: { buttonId: 'slot_1500', senderName: 'Анна' } },
        source: { gateway: 'twilio', account: '15550783881', chatId: `whatsapp:+${CUSTOMER}` },
      },
    ]);
  });

  it('by SMS is a conversation of its own', async () => {
    const bySms = bodyOf('sms-text').replace('%2B5511900000001', `%2B${CUSTOMER}`);
    for (const body of [bySms, bodyOf('whatsapp-voice')])
      expect((await post(stage.system.webhook.url, body)).status).toBe(200);
    expect(await stage.storedIn(`962302:sms:${CUSTOMER}`)).toHaveLength(1);
    expect(await stage.storedIn(`962302:${CUSTOMER}`)).toHaveLength(1);
  });

  it('is taken with the signature that came with the sample’s address', () => {
    const body = bodyOf('sms-text');
    const token = SECRETS.TWILIO_AUTH_TOKEN;
    // Twilio's own signature of the sample, but for the path that it was posted to.
    expect(twilioSignature(token, '/webhooks/twilio?company=123456', body)).toBe(
      'D13cLcuu74BeIMA//V97n7D3rdQ=',
    );
  });

  it.each([
    ['another token', { 'x-twilio-signature': twilioSignature('another-token', PATH, bodyOf('sms-text')) }],
    ['another address', signed('twilio', bodyOf('sms-text'))],
    ['another body', signed('twilio', bodyOf('whatsapp-voice'), PATH)],
    ['none', {}],
    ['the shared secret', signed('venom', '')],
  ])('with the signature of %s is refused with 403', async (_, headers: Record<string, string>) => {
    expect((await post(stage.system.webhook.url, bodyOf('sms-text'), headers)).status).toBe(403);
    expect(await stage.conversations()).toEqual([]);
  });

  it('as JSON is refused, unread', async () => {
    const headers = { ...signed('twilio', '{}', PATH), 'content-type': 'application/json' };
    expect((await post(stage.system.webhook.url, '{}', headers)).status).toBe(415);
  });

  it.each(['', 'a=b', '{"json":true}', '%ff%00&&=&=x'])(
    'is 200 where it cannot be read, and kept: %j',
    async (body) => {
      expect((await post(stage.system.webhook.url, body)).status).toBe(200);
      expect((await stage.system.send('/admin/unreadable')).body).toMatchObject({
        items: [{ gateway: 'twilio', reasons: ['malformed'] }],
      });
    },
  );

  it('tells why a message of ours was not delivered', async () => {
    const failed = bodyOf('status-callback-delivered').replace(
      '=delivered&SmsSid',
      '=failed&ErrorCode=63016&SmsSid',
    );
    expect((await post(stage.system.webhook.url, failed)).status).toBe(200);
    const line = await eventually(
      'the failure in the log',
      () => Promise.resolve(stage.system.webhook.lines.find((each) => each.includes('error 63016'))),
      (found) => found !== undefined,
    );
    expect(line).toContain('more than 24 hours');
  });
});

it('an answer to an SMS goes out by SMS, without a mark of WhatsApp’s', async () => {
  const stage = await BotStage.start(
    (gatewayUrl) => ({
      ...{ TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000000', TWILIO_API_URL: gatewayUrl },
      ...{ TWILIO_AUTH_TOKEN: SECRETS.TWILIO_AUTH_TOKEN, PUBLIC_URL, BATCH_TIMEOUT: '60000' },
      TYPING_FEEDBACK: 'true',
    }),
    { inOneProcess: true },
  );
  try {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Есть **место**!' });
    for (const body of [bodyOf('sms-text'), bodyOf('sms-text')])
      expect((await post(stage.webhook.url, body)).status).toBe(200);
    const flush = '/admin/batches/sms:5511900000001/flush?companyId=15550783881';
    expect((await stage.customers.post(flush)).status).toBe(200);
    const [call] = await stage.bot.hears(1);
    expect(JSON.parse(call?.body ?? '') as MergedMessage).toMatchObject({ messageCount: 1 });
    const [sent, ...more] = await stage.gateway.hears(1);
    expect([Object.fromEntries(new URLSearchParams(sent?.body)), ...more]).toEqual([
      { To: '+5511900000001', From: '+15550783881', Body: 'Есть место!' },
    ]);
    expect(sent?.headers.authorization).toMatch(/^Basic /);
    expect(stage.output).not.toContain(SECRETS.TWILIO_AUTH_TOKEN);
  } finally {
    await stage.stop();
  }
});
