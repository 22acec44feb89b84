import type { ServerResponse } from 'node:http';
import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { type Answer, postJson } from './support/http';
import { batchIn, outcomeOf, PROMISING, promisedReply, replyTo, textOf } from './support/late-replies';
import { type Heard, sendJson } from './support/stand-in';

const TURN_MAX_S = 20;
const TAKEN_OVER_MS = 45_000;
const PHONE = '79001234567';

/** Answers a call once something else is done. */
function answerAfter(
  done: Promise<unknown>,
  response: ServerResponse,
  status: number,
  body: object = {},
): void {
  done.then(() => sendJson(response, status, body)).catch(() => response.destroy());
}

describe.each(['hold', 'supersede'])('a bot that answers 202, under %s', (policy) => {
  let stage: BotStage;

  beforeAll(async () => {
    const turns = { BUSY_POLICY: policy, TURN_MAX: String(TURN_MAX_S), BOT_TIMEOUT: '10000' };
    const variables = { ...PROMISING, ...turns, BOT_CONCURRENCY: '1' };
    stage = await BotStage.start(variables, { worker: false, appendonly: true });
  });
  beforeEach(async () => {
    stage.bot.answer = (_, response) => response.writeHead(202).end();
    await stage.addWorker();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.stop());

  const reply = (call: Heard, body: object): Promise<Answer> => replyTo(stage, call, body);
  const promised = (text: string, phone = PHONE): Promise<Heard> => promisedReply(stage, phone, text);

  it('replies later, once, at the address of its call', async () => {
    const call = await promised('hello');
    expect(await outcomeOf(reply(call, { reply: '**done**' }))).toEqual([200, 'accepted']);
    const [sent] = await stage.gateway.hears(1);
    expect(sent && textOf(sent)).toBe('*done*');
    expect(await outcomeOf(reply(call, { reply: '**done**' }))).toEqual([200, 'duplicate']);
    expect(await outcomeOf(reply(call, { reply: 'something else' }))).toEqual([200, 'duplicate']);
    await pause(1_000);
    expect([stage.bot.heard.length, stage.gateway.heard.length]).toEqual([1, 1]);
    const { body } = await stage.customers.get('/webhook/whatsapp/batched/stats');
    expect(body).toMatchObject({ turns: 0, balance: 0, totals: { accepted: 1, delivered: 1, answered: 1 } });
  });

  it('holds neither the worker nor other conversations, and its own conversation waits', async () => {
    const call = await promised('hello');
    if (policy === 'hold') await stage.write(PHONE, 'and more');
    await promised('another', '79007654321');
    expect(stage.bot.heard.map(({ body }) => body.includes('and more'))).toEqual([false, false]);
    await reply(call, { replies: ['one', 'two'] });
    await stage.gateway.hears(2);
    expect(stage.gateway.heard.map(textOf)).toEqual(['one', 'two']);
    if (policy === 'hold') await stage.bot.hears(3);
  });

  it('replies before its 202 has been heard', async () => {
    stage.bot.answer = (heard, response) => {
      answerAfter(reply(heard, { reply: 'quick' }), response, 202);
    };
    await stage.write(PHONE, 'hello');
    const [sent] = await stage.gateway.hears(1);
    expect(sent && textOf(sent)).toBe('quick');
  });

  it('replies although its call broke, and is not called again', async () => {
    stage.bot.answer = (heard, response) => {
      answerAfter(reply(heard, { reply: 'all the same' }), response, 503);
    };
    await stage.write(PHONE, 'hello');
    const [sent] = await stage.gateway.hears(1);
    expect(sent && textOf(sent)).toBe('all the same');
    expect(stage.bot.heard).toHaveLength(1);
  });

  it('has its first words sent before its answer, and can say nothing after that', async () => {
    stage.bot.answer = (heard, response) => {
      answerAfter(reply(heard, { reply: 'one moment' }), response, 200, { reply: 'done' });
    };
    await stage.write(PHONE, 'hello');
    const [call] = await stage.bot.hears(1);
    await stage.gateway.hears(2);
    expect(stage.gateway.heard.map(textOf)).toEqual(['one moment', 'done']);

    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'at once' });
    await stage.write(PHONE, 'again');
    const [, other] = await stage.bot.hears(2);
    await stage.gateway.hears(3);
    expect(await outcomeOf(reply(other as Heard, { reply: 'late' }))).toEqual([409, 'over']);
    expect(await outcomeOf(reply(call as Heard, { reply: 'late' }))).toEqual([200, 'duplicate']);
  });

  it('replies while no worker lives', async () => {
    const call = await promised('hello');
    await Promise.all(stage.workers.filter(({ hasExited }) => !hasExited).map((worker) => worker.kill()));
    expect(await outcomeOf(reply(call, { reply: 'done' }))).toEqual([200, 'accepted']);
    await stage.addWorker();
    const [sent] = await stage.gateway.hears(1, TAKEN_OVER_MS);
    expect(sent && textOf(sent)).toBe('done');
    expect(stage.bot.heard).toHaveLength(1);
  });

  it('replies by a webhook that dies before it has woken anybody', async () => {
    const batchId = batchIn(await promised('hello'));
    const kept = `${Date.now()} {"replies":[{"text":"found"}]}`;
    await stage.client.hset(`bull:messages:${batchId}`, 'rapid-fire-late-reply', kept);
    const [sent] = await stage.gateway.hears(1, TAKEN_OVER_MS);
    expect(sent && textOf(sent)).toBe('found');
  });

  it('is heard once where the worker dies while it sends the reply', async () => {
    const call = await promised('hello');
    stage.gateway.answer = () => undefined;
    await reply(call, { replies: ['one', 'two'] });
    await stage.gateway.hears(1);
    await Promise.all(stage.workers.filter(({ hasExited }) => !hasExited).map((worker) => worker.kill()));
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
    await stage.addWorker();
    await stage.gateway.hears(2, TAKEN_OVER_MS);
    await pause(1_000);
    expect(stage.gateway.heard.map(textOf)).toEqual(['one', 'two']);
    expect(stage.bot.heard).toHaveLength(1);
  });

  it('keeps its promise not: a dead letter says so, and a redrive asks it again', async () => {
    const call = await promised('hello');
    const letters = await eventually(
      'a dead letter',
      async () => (await stage.customers.get('/admin/dead-letters')).body.items as { error: string }[],
      ({ length }) => length === 1,
      TURN_MAX_S * 1000 + TAKEN_OVER_MS,
    );
    const error = 'the bot promised a reply, and none came within TURN_MAX (20 s)';
    expect(letters).toMatchObject([{ stage: 'worker', batchId: batchIn(call), error }]);
    expect(await outcomeOf(reply(call, { reply: 'late' }))).toEqual([409, 'over']);

    await stage.customers.post(`/admin/dead-letters/${batchIn(call)}/redrive`);
    await stage.bot.hears(2);
    await eventually(
      'the reply taken',
      () => outcomeOf(reply(call, { reply: 'at last' })),
      (outcome) => JSON.stringify(outcome) === '[200,"accepted"]',
    );
    const [sent] = await stage.gateway.hears(1);
    expect(sent && textOf(sent)).toBe('at last');
  });

  it('needs the token of this batch, or the admin key', async () => {
    const call = await promised('hello');
    const { webhook } = stage;
    const path = `${webhook.url}/replies/${batchIn(call)}`;
    const { searchParams } = new URL(String(call.headers['reply-url']));
    const token = searchParams.get('token') ?? '';
    const other = `${webhook.url}/replies/b-other?token=${token}`;
    const said = { reply: 'done' };
    for (const url of [
      path,
      `${path}?token=`,
      `${path}?token=${token}x`,
      `${path}?token=a&token=${token}`,
      other,
    ])
      expect((await postJson(url, said)).status).toBe(401);
    const key = { 'x-api-key': PROMISING.ADMIN_API_KEY };
    expect(await outcomeOf(postJson(`${webhook.url}/replies/b-other`, said, key))).toEqual([404, 'unknown']);
    expect((await postJson(path, { answer: 'done' }, key)).status).toBe(400);
    expect((await postJson(path, { reply: [7] }, key)).status).toBe(400);
    expect((await postJson(path, { needsFinal: true, reply: '' }, key)).status).toBe(400);
    expect(await outcomeOf(postJson(path, said, key))).toEqual([200, 'accepted']);
    const [sent] = await stage.gateway.hears(1);
    expect(sent && textOf(sent)).toBe('done');
  });

  it('is answered 503 while Redis is away, and its repeated reply is sent once', async () => {
    const call = await promised('hello');
    await stage.redis.kill();
    expect((await reply(call, { reply: 'done' })).status).toBe(503);
    await stage.redis.restart();
    await eventually(
      'the reply taken',
      () => reply(call, { reply: 'done' }),
      ({ status }) => status === 200,
      TAKEN_OVER_MS,
    );
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    await pause(1_000);
    expect(stage.gateway.heard.map(textOf)).toEqual(['done']);
  });
});
