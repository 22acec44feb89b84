import type { DeadLetterAnswer } from '../apps/webhook/src/admin/dead-letter.answer';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sampleOf } from './support/gateway-samples';
import { send } from './support/http';
import { metricOf } from './support/operator-stage';
import { type Answerer, type Heard, sendJson } from './support/stand-in';

/** A sample of each gateway, and what its API is asked to send back. */
const GATEWAYS: [string, string, Partial<Heard>, Record<string, unknown>][] = [
  [
    'venom/text-private.json',
    '/venom',
    { headers: { authorization: 'Bearer venom-token' } },
    { phone: expect.stringMatching(/^\d+$/), chatId: expect.stringMatching(/@c\.us$/), text: 'fine' },
  ],
  [
    'meta-cloud/text.json',
    '/v23.0/106540352242922/messages',
    { headers: { authorization: 'Bearer meta-token' } },
    {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: expect.stringMatching(/^\d+$/),
      type: 'text',
      text: { body: 'fine' },
    },
  ],
  [
    'meta-cloud/text-bsuid-only.json',
    '/v23.0/106540352242922/messages',
    {},
    { recipient: 'US.13491208655302741918', type: 'text' },
  ],
  [
    'waha/message-text.json',
    '/api/sendText',
    { headers: { 'x-api-key': 'waha-key' } },
    { session: 'default', chatId: expect.stringMatching(/@c\.us$/), text: 'fine' },
  ],
  [
    'evolution/text.json',
    expect.stringMatching(/^\/message\/sendText\/.+/),
    { headers: { apikey: 'evolution-key' } },
    { number: expect.stringMatching(/@s\.whatsapp\.net$/), text: 'fine' },
  ],
];

describe('replies', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({ BUSY_POLICY: 'parallel', TYPING_FEEDBACK: 'true' });
  });
  beforeEach(() => {
    stage.bot.heard.length = 0;
    stage.gateway.heard.length = 0;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
  });
  afterAll(() => stage.stop());

  const isTyping = ({ path, body }: Heard): boolean =>
    /startTyping|sendPresence/.test(path) || body.includes('typing_indicator');

  async function repliesHeard(howMany: number): Promise<Heard[]> {
    return eventually(
      `${howMany} replies`,
      () => Promise.resolve(stage.gateway.heard.filter((heard) => !isTyping(heard))),
      ({ length }) => length >= howMany,
    );
  }

  const textOf = ({ body }: Heard): string => (JSON.parse(body) as { text: string }).text;

  /** The gateway does these in turn, then answers well. */
  function gatewayDoes(...answers: Answerer[]): void {
    stage.gateway.answer = (heard, response) =>
      (answers.shift() ?? ((_, usual) => sendJson(usual, 200, {})))(heard, response);
  }

  async function jobOf(phone: string): Promise<{ sent: string[]; failed: boolean; batchId: string }> {
    const jobs = await stage.queue.getJobs(['active', 'completed', 'delayed', 'failed']);
    const job = jobs.find(({ data }) => data.conversationId === phone);
    const { sent = [] } = (job?.progress ?? {}) as { sent?: string[] };
    return { sent, failed: (await job?.isFailed()) ?? false, batchId: job?.id ?? '' };
  }

  it.each(GATEWAYS)('to %s go through its own API', async (file, path, heard, body) => {
    const sample = sampleOf(file);
    const headers = { 'content-type': 'application/json' };
    const url = stage.webhook.url + sample.path;
    expect((await send(url, { method: 'POST', headers, body: new Uint8Array(sample.bytes) })).status).toBe(
      200,
    );
    const [reply] = await repliesHeard(1);
    expect(reply).toMatchObject({ method: 'POST', path, ...heard });
    expect(JSON.parse(reply?.body ?? '')).toMatchObject(body);
  });

  it('are preceded by a typing indicator, if the gateway has one', async () => {
    const sample = sampleOf('waha/message-text.json');
    const again = JSON.parse(sample.bytes.toString()) as { payload: { id: string } };
    again.payload.id = `${again.payload.id}X`;
    await stage.customers.post(sample.path, again);
    await repliesHeard(1);
    expect(stage.gateway.heard.map(({ path }) => path)).toEqual(['/api/startTyping', '/api/sendText']);
  });

  it('that were certainly not sent are sent again, and the bot is not called again', async () => {
    gatewayDoes(
      (_, response) => response.writeHead(429, { 'retry-after': '0' }).end(),
      (_, response) => sendJson(response, 503, {}),
    );
    await stage.write('79003000001', 'hello');
    await repliesHeard(3);
    await eventually(
      'the reply settled',
      () => jobOf('79003000001'),
      ({ sent }) => sent.length === 1,
    );
    expect(await jobOf('79003000001')).toMatchObject({ sent: ['sent'], failed: false });
    expect([stage.bot.heard.length, stage.gateway.heard.length]).toEqual([1, 3]);
  });

  it('with an unknown result are not sent again; those behind them are sent', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { replies: ['one', 'two', 'three'] });
    gatewayDoes(
      (_, response) => sendJson(response, 200, {}),
      (_, response) => response.socket?.resetAndDestroy(),
    );
    await stage.write('79003000002', 'hello');
    await eventually(
      'three replies settled',
      () => jobOf('79003000002'),
      ({ sent }) => sent.length === 3,
    );
    expect((await repliesHeard(3)).map(textOf)).toEqual(['one', 'two', 'three']);
    expect((await jobOf('79003000002')).sent).toEqual(['sent', 'unknown', 'sent']);
    await stage.workers[0]?.waitForLine(/A reply may or may not have been sent/);
    const unknown = 'rapid_fire_replies_total{gateway="venom",outcome="unknown"}';
    expect(await metricOf(stage.workers[0] as never, unknown)).toBe(1);
  });

  it.each([
    ['half a surrogate pair', 'salon \ud83d'],
    ['dots that leave the path', '..'],
  ])('to an account named with %s are a dead letter in words, and end no worker', async (_, instance) => {
    const sample = JSON.parse(sampleOf('evolution/text.json').bytes.toString()) as { data: { key: object } };
    const phone = instance === '..' ? '79003000011' : '79003000012';
    Object.assign(sample.data.key, { id: `3EB0${phone}`, remoteJid: `${phone}@s.whatsapp.net` });
    const posted = await stage.customers.post('/webhook/evolution', { ...sample, instance });
    expect(posted.body).toMatchObject({ results: [{ outcome: 'opened' }] });
    const letter = await eventually(
      'the dead letter',
      async () => {
        const { body } = await stage.customers.get('/admin/dead-letters');
        return (body as { items: DeadLetterAnswer[] }).items.find(({ conversationId }) =>
          conversationId.endsWith(phone),
        );
      },
      (found) => found !== undefined,
    );
    expect(letter).toMatchObject({
      stage: 'worker',
      error: 'a reply was refused: the account that its message names cannot stand in an address',
    });
    expect(stage.gateway.heard).toEqual([]);
    // The same worker serves the next customer.
    await stage.write('79003000013', 'hello');
    await repliesHeard(1);
    expect(stage.workers.map(({ hasExited }) => hasExited)).toEqual([false]);
  });

  it('that a gateway will not have wait as a dead letter; redriven, they alone are sent, in order', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { replies: ['one', 'two', 'three'] });
    gatewayDoes(
      (_, response) => sendJson(response, 200, {}),
      (_, response) => sendJson(response, 401, { error: 'token expired' }),
    );
    await stage.write('79003000003', 'hello');
    const { batchId } = await eventually(
      'the dead letter',
      () => jobOf('79003000003'),
      ({ failed }) => failed,
    );
    expect(stage.gateway.heard.map(textOf)).toEqual(['one', 'two']);
    expect((await stage.customers.post(`/admin/dead-letters/${batchId}/redrive`)).status).toBe(200);
    expect((await repliesHeard(4)).map(textOf)).toEqual(['one', 'two', 'two', 'three']);
    expect(stage.bot.heard).toHaveLength(1);
  });
});
