import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { batchIn, outcomeOf, PROMISING, promisedReply, replyTo, textOf } from './support/late-replies';
import type { Heard } from './support/stand-in';

const WINDOW_MS = 6_000;
const TAKEN_OVER_MS = 45_000;
const PHONE = '79001234567';

describe('a late reply to a draft', () => {
  let stage: BotStage;

  beforeAll(async () => {
    const turns = { BUSY_POLICY: 'supersede', PREEMPTIVE_START: '500', BATCH_TIMEOUT: String(WINDOW_MS) };
    stage = await BotStage.start({ ...PROMISING, ...turns }, { worker: false, appendonly: true });
    stage.bot.answer = (_, response) => response.writeHead(202).end();
  });
  beforeEach(() => stage.addWorker());
  afterEach(() => stage.clear());
  afterAll(() => stage.stop());

  const reply = (call: Heard, text: string): Promise<[number, unknown]> =>
    outcomeOf(replyTo(stage, call, { reply: text }));

  /** Nothing of the conversation is left anywhere, and the accounts balance. */
  async function settled(): Promise<void> {
    const { body } = await eventually(
      'all settled',
      () => stage.customers.get('/webhook/whatsapp/batched/stats'),
      ({ body: { messages, turns } }) => messages === 0 && turns === 0,
      TAKEN_OVER_MS,
    );
    expect(body).toMatchObject({ balance: 0 });
  }

  it('waits for the end of the window', async () => {
    const call = await promisedReply(stage, PHONE, 'hello');
    expect(await reply(call, 'done')).toEqual([200, 'accepted']);
    await pause(1_000);
    expect(stage.gateway.heard).toEqual([]);
    await stage.gateway.hears(1, WINDOW_MS + TAKEN_OVER_MS);
    expect(stage.gateway.heard.map(textOf)).toEqual(['done']);
    await settled();
  });

  it('is refused where a further message has superseded it; only the reply to both is sent', async () => {
    const first = await promisedReply(stage, PHONE, 'can I');
    await stage.write(PHONE, 'book');
    const second = await promisedReply(stage, PHONE, 'can I book');
    expect(await reply(first, 'to one')).toEqual([409, 'superseded']);
    expect(await reply(second, 'to both')).toEqual([200, 'accepted']);
    await stage.gateway.hears(1, WINDOW_MS + TAKEN_OVER_MS);
    expect(await reply(first, 'to one')).toEqual([409, 'superseded']);
    await settled();
    expect(stage.gateway.heard.map(textOf)).toEqual(['to both']);
  });

  it('is dropped where a further message comes after it and before the end of the window', async () => {
    const first = await promisedReply(stage, PHONE, 'can I');
    expect(await reply(first, 'to one')).toEqual([200, 'accepted']);
    await stage.write(PHONE, 'book');
    const second = await promisedReply(stage, PHONE, 'can I book');
    expect(await reply(first, 'to one')).toEqual([409, 'superseded']);
    expect(await reply(second, 'to both')).toEqual([200, 'accepted']);
    await settled();
    expect(stage.gateway.heard.map(textOf)).toEqual(['to both']);
  });

  it('is sent by the worker that follows one that was killed before the window was over', async () => {
    const call = await promisedReply(stage, PHONE, 'hello');
    expect(await reply(call, 'done')).toEqual([200, 'accepted']);
    await Promise.all(stage.workers.filter(({ hasExited }) => !hasExited).map((worker) => worker.kill()));
    await stage.addWorker();
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    await settled();
    expect(stage.gateway.heard.map(textOf)).toEqual(['done']);
    expect(stage.bot.heard.map(batchIn)).toEqual([batchIn(call)]);
  });

  it('is told to the bot as committed before it is sent, where it says so', async () => {
    const call = await promisedReply(stage, PHONE, 'book it');
    expect((await replyTo(stage, call, { reply: 'booked', commit: { slot: 18 } })).status).toBe(200);
    await stage.gateway.hears(1, WINDOW_MS + TAKEN_OVER_MS);
    const notices = stage.bot.heard.map(({ body }) => JSON.parse(body) as object).slice(1);
    expect(notices).toMatchObject([{ type: 'commit', batchId: batchIn(call), commit: { slot: 18 } }]);
    await settled();
  });

  it('is refused once its conversation is held: the draft waits with what follows, and is answered after the hold', async () => {
    const held = await promisedReply(stage, PHONE, 'can I');
    await stage.customers.post(`/admin/conversations/${PHONE}/hold?minutes=5`);
    expect(await reply(held, 'to one')).toEqual([409, 'superseded']);
    await stage.write(PHONE, 'book');
    await stage.customers.post(`/admin/conversations/${PHONE}/release`);
    const both = await promisedReply(stage, PHONE, 'can I book');
    expect(await reply(both, 'to both')).toEqual([200, 'accepted']);
    await settled();
    expect(stage.gateway.heard.map(textOf)).toEqual(['to both']);
  });

  it('is refused once its bot is muted: the draft ends as muted', async () => {
    const call = await promisedReply(stage, PHONE, 'hello');
    await stage.customers.post(`/admin/conversations/${PHONE}/mute`);
    expect(await reply(call, 'done')).toEqual([409, 'superseded']);
    await settled();
    expect([stage.bot.heard.length, stage.gateway.heard.length]).toEqual([1, 0]);
    const { totals } = (await stage.customers.get('/webhook/whatsapp/batched/stats')).body;
    expect(totals).toMatchObject({ accepted: 1, delivered: 1, answered: 0 });
  });

  it('finds no batch once its customer is erased', async () => {
    const call = await promisedReply(stage, PHONE, 'hello');
    const { status, body } = await stage.customers.delete(`/admin/customers/${PHONE}`);
    expect([status, body.erased]).toMatchObject([200, { messages: 1, jobs: 1 }]);
    expect(await reply(call, 'done')).toEqual([404, 'unknown']);
    await settled();
    expect(stage.gateway.heard).toEqual([]);
  });
});
