import { Webhook } from 'standardwebhooks';
import type { AppProcess } from './support/app-process';
import { BOT_SECRET, BotStage } from './support/bot-stage';
import { Customers } from './support/customers';
import { eventually, pause } from './support/eventually';
import { metricOf } from './support/operator-stage';
import { sideBySide } from './support/side-by-side';
import { type Answerer, type Heard, sendJson } from './support/stand-in';
import { isSignedWith } from './support/standard-webhook';

const SILENCE_MS = 3_000;

const textOf = ({ body }: Heard): string => (JSON.parse(body) as { text: string }).text;

const says =
  (answer: object): Answerer =>
  (_, response) =>
    sendJson(response, 200, answer);

describe('the last mile', () => {
  let stage: BotStage;
  let customers: Customers;

  beforeAll(async () => {
    // Long enough that all fragments of a conversation are accepted within one silence.
    stage = await BotStage.start({ BATCH_TIMEOUT: String(SILENCE_MS) });
    customers = new Customers(stage);
  });
  afterAll(() => stage.stop());

  const worker = (): AppProcess => stage.workers[0] as AppProcess;

  sideBySide({
    'makes of fragments one signed call, and of its answer one reply': async () => {
      const customer = customers.next(says({ reply: 'Записал!' }));
      for (const text of ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари'])
        await customer.write(text);
      const [reply] = await customer.answered(1);
      const [call] = customer.calls;
      if (!call || !reply) throw new Error('neither call nor reply');

      expect(call).toMatchObject({ method: 'POST', path: '/bot?key=in-the-url' });
      const message = JSON.parse(call.body) as Record<string, unknown>;
      expect(message).toMatchObject({
        version: 1,
        text: 'Запишите на стрижку меня На завтра В 18:00 К Бари',
        messageCount: 4,
      });
      expect(call.headers['webhook-id']).toBe(message.batchId);
      expect(call.headers['idempotency-key']).toBe(message.batchId);
      expect(isSignedWith(BOT_SECRET, call)).toBe(true);
      expect(isSignedWith('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', call)).toBe(false);
      expect(new Webhook(BOT_SECRET).verify(call.body, call.headers as Record<string, string>)).toEqual(
        message,
      );

      expect(reply).toMatchObject({ path: '/venom', headers: { authorization: 'Bearer venom-token' } });
      expect(JSON.parse(reply.body)).toMatchObject({
        phone: customer.phone,
        chatId: `${customer.phone}@c.us`,
        text: 'Записал!',
      });

      await eventually(
        'the job to be completed',
        () => stage.queue.getJob(String(message.batchId)),
        (job) => job?.returnvalue !== null,
      );
      expect(await stage.queue.getJob(String(message.batchId))).toMatchObject({
        returnvalue: { turn: 'ended', outcome: 'delivered' },
        progress: { replies: ['Записал!'], sent: ['sent'] },
      });
      expect([customer.calls.length, customer.replies.length]).toEqual([1, 1]);
    },

    'sends several replies in their order': async () => {
      const replies = ['one', 'two', 'three'];
      const customer = customers.next(says({ replies }));
      await customer.write('speak');
      expect((await customer.answered(3)).map(textOf)).toEqual(replies);
    },

    'sends none where the bot says nothing': async () => {
      const customer = customers.next(says({ note: 'ok' }));
      for (const text of ['quiet', 'please']) await customer.write(text);
      await customer.called(1);
    },

    'answers nothing where the bot refuses the message': async () => {
      const customer = customers.next((_, response) => sendJson(response, 400, {}));
      await customer.write('nonsense');
      await customer.called(1);
    },

    'holds back what a customer writes while the bot works, and makes it the next call': async () => {
      let answerFirst: () => void = () => undefined;
      const customer = customers.next((_, response) => {
        answerFirst = () => sendJson(response, 200, { reply: 'ok' });
      });
      await customer.write('first');
      await customer.called(1);
      for (const text of ['second', 'third', 'fourth']) await customer.write(text);
      await pause(1.5 * SILENCE_MS);
      expect(customer.calls).toHaveLength(1);
      customer.bot = says({ reply: 'ok' });
      answerFirst();
      await customer.answered(2);
      expect(customer.calls.map(textOf)).toEqual(['first', 'second third fourth']);
    },
  });

  it('counts what it has taken to a good end, and nothing that the bot refused', async () => {
    const stats = async (): Promise<Record<string, unknown>> =>
      (await stage.customers.get('/webhook/whatsapp/batched/stats')).body;
    const { totals, balance } = await eventually('all settled', stats, ({ turns }) => turns === 0);
    expect(totals).toMatchObject({ accepted: 12, delivered: 12, answered: 11 });
    expect(balance).toBe(0);
    expect(await metricOf(worker(), 'rapid_fire_deliveries_total{outcome="delivered"}')).toBe(5);
    expect(await metricOf(worker(), 'rapid_fire_replies_total{gateway="venom",outcome="sent"}')).toBe(6);
    expect([stage.bot.heard.length, stage.gateway.heard.length]).toEqual([6, 6]);
  });

  it('says neither where the bot is nor what it signs with', async () => {
    const scrape = await (await fetch(`${worker().url}/metrics`)).text();
    const seen = [stage.output, scrape].join('\n');
    for (const secret of [BOT_SECRET, BOT_SECRET.slice(6), 'in-the-url', stage.bot.url, 'venom-token'])
      expect(seen).not.toContain(secret);
  });

  it('finishes what it has in hand when it is told to stop', async () => {
    let answer: () => void = () => undefined;
    const customer = customers.next((_, response) => {
      answer = () => sendJson(response, 200, { reply: 'just in time' });
    });
    await customer.write('are you there?');
    await customer.called(1);
    const code = worker().terminate();
    await worker().waitForLine(/finishing what is in hand/);
    const ready = await fetch(`${worker().url}/health/ready`);
    expect(ready.status).toBe(503);
    answer();
    const [reply] = await customer.answered(1);
    expect(reply?.body).toContain('just in time');
    expect(await code).toBe(0);
  });
});
