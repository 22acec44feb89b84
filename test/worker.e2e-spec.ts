import { Webhook } from 'standardwebhooks';
import type { Totals } from '@app/batching';
import { BOT_SECRET, BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { metricOf } from './support/operator-stage';
import { sendJson } from './support/stand-in';
import { isSignedWith } from './support/standard-webhook';

const PHONE = '79001234567';
const SILENCE_MS = 3_000;

describe('the last mile', () => {
  let stage: BotStage;

  beforeAll(async () => {
    // Long enough that all fragments of a conversation are accepted within one silence.
    stage = await BotStage.start({ BATCH_TIMEOUT: String(SILENCE_MS) });
  });
  beforeEach(() => {
    stage.bot.heard.length = 0;
    stage.gateway.heard.length = 0;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Записал!' });
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
  });
  afterAll(() => stage.stop());

  it('makes of fragments one signed call, and of its answer one reply', async () => {
    for (const text of ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари'])
      await stage.write(PHONE, text);
    const [call] = await stage.bot.hears(1);
    const [reply] = await stage.gateway.hears(1);
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
      phone: PHONE,
      chatId: `${PHONE}@c.us`,
      text: 'Записал!',
    });

    const [worker] = stage.workers;
    if (!worker) throw new Error('no worker');
    await eventually(
      'the job to be completed',
      () => stage.queue.getJob(String(message.batchId)),
      (job) => job?.returnvalue !== null,
    );
    expect(await stage.queue.getJob(String(message.batchId))).toMatchObject({
      returnvalue: { turn: 'ended', outcome: 'delivered' },
      progress: { replies: ['Записал!'], sent: ['sent'] },
    });
    expect(await metricOf(worker, 'rapid_fire_deliveries_total{outcome="delivered"}')).toBe(1);
    expect(await metricOf(worker, 'rapid_fire_replies_total{gateway="venom",outcome="sent"}')).toBe(1);
    expect([stage.bot.heard.length, stage.gateway.heard.length]).toEqual([1, 1]);
  });

  it('sends several replies in their order, and none where the bot says nothing', async () => {
    const replies = ['one', 'two', 'three'];
    stage.bot.answer = ({ body }, response) =>
      sendJson(response, 200, body.includes('"quiet please"') ? { note: 'ok' } : { replies });
    await stage.write('79001110001', 'quiet please');
    await stage.bot.hears(1);
    await stage.write('79001110002', 'speak');
    const sent = await stage.gateway.hears(3);
    expect(sent.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual(replies);
  });

  it('holds back what a customer writes while the bot works, and makes it the next call', async () => {
    let answerFirst: () => void = () => undefined;
    stage.bot.answer = (_, response) => (answerFirst = () => sendJson(response, 200, { reply: 'ok' }));
    await stage.write('79001110004', 'first');
    await stage.bot.hears(1);
    for (const text of ['second', 'third', 'fourth']) await stage.write('79001110004', text);
    await pause(1.5 * SILENCE_MS);
    expect(stage.bot.heard).toHaveLength(1);
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'ok' });
    answerFirst();
    await stage.gateway.hears(2);
    const calls = stage.bot.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text);
    expect(calls).toEqual(['first', 'second third fourth']);
  });

  it('says neither where the bot is nor what it signs with', async () => {
    const scrape = await (await fetch(`${stage.workers[0]?.url ?? ''}/metrics`)).text();
    const seen = [stage.output, scrape].join('\n');
    for (const secret of [BOT_SECRET, BOT_SECRET.slice(6), 'in-the-url', stage.bot.url, 'venom-token'])
      expect(seen).not.toContain(secret);
  });

  it('counts what it has taken to a good end, and nothing that the bot refused', async () => {
    const totals = async (): Promise<Totals> => {
      const { body } = await stage.customers.get('/webhook/whatsapp/batched/stats');
      return (body as { totals: Totals }).totals;
    };
    const before = await totals();
    stage.bot.answer = ({ body }, response) => sendJson(response, body.includes('nonsense') ? 400 : 200, {});
    for (const text of ['one', 'two']) await stage.write('79001110005', text);
    await stage.write('79001110006', 'nonsense');
    await eventually(
      'everything delivered, and what the bot took answered',
      totals,
      ({ answered, delivered }) => delivered === before.delivered + 3 && answered === before.answered + 2,
    );
  });

  it('finishes what it has in hand when it is told to stop', async () => {
    let answer: () => void = () => undefined;
    stage.bot.answer = (_, response) => (answer = () => sendJson(response, 200, { reply: 'just in time' }));
    await stage.write('79001110003', 'are you there?');
    await stage.bot.hears(1);
    const worker = stage.workers[0];
    const code = worker?.terminate();
    await worker?.waitForLine(/finishing what is in hand/);
    const ready = await fetch(`${worker?.url ?? ''}/health/ready`);
    expect(ready.status).toBe(503);
    answer();
    const [reply] = await stage.gateway.hears(1);
    expect(reply?.body).toContain('just in time');
    expect(await code).toBe(0);
  });
});
