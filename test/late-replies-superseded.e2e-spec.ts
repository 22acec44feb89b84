import { BotStage } from './support/bot-stage';
import { type Customer, Customers } from './support/customers';
import { eventually, pause } from './support/eventually';
import { batchIn, outcomeOf, PROMISING, promisedReply, replyTo, textOf } from './support/late-replies';
import { sideBySide } from './support/side-by-side';
import type { Heard } from './support/stand-in';

const WINDOW_MS = 6_000;

describe('a late reply to a draft', () => {
  let stage: BotStage;
  let customers: Customers;

  beforeAll(async () => {
    const turns = { BUSY_POLICY: 'supersede', PREEMPTIVE_START: '500', BATCH_TIMEOUT: String(WINDOW_MS) };
    stage = await BotStage.start({ ...PROMISING, ...turns }, { inOneProcess: true });
    customers = new Customers(stage);
  });
  afterAll(() => stage.stop());

  /** A customer whose bot answers later. */
  const next = (): Customer => customers.next((_, response) => response.writeHead(202).end());

  const promised = ({ phone }: Customer, text: string): Promise<Heard> => promisedReply(stage, phone, text);

  const reply = (call: Heard, text: string): Promise<[number, unknown]> =>
    outcomeOf(replyTo(stage, call, { reply: text }));

  /** Whether another one follows is seen when all are settled. */
  async function isSent(customer: Customer, text: string): Promise<void> {
    expect((await customer.answered(1)).map(textOf)).toEqual([text]);
  }

  sideBySide({
    'waits for the end of the window': async () => {
      const customer = next();
      const call = await promised(customer, 'hello');
      expect(await reply(call, 'done')).toEqual([200, 'accepted']);
      await pause(1_000);
      expect(customer.replies).toEqual([]);
      await isSent(customer, 'done');
    },

    'is refused where a further message has superseded it; only the reply to both is sent': async () => {
      const customer = next();
      const first = await promised(customer, 'can I');
      await customer.write('book');
      const second = await promised(customer, 'can I book');
      expect(await reply(first, 'to one')).toEqual([409, 'superseded']);
      expect(await reply(second, 'to both')).toEqual([200, 'accepted']);
      await customer.answered(1);
      expect(await reply(first, 'to one')).toEqual([409, 'superseded']);
      await isSent(customer, 'to both');
    },

    'is dropped where a further message comes after it and before the end of the window': async () => {
      const customer = next();
      const first = await promised(customer, 'can I');
      expect(await reply(first, 'to one')).toEqual([200, 'accepted']);
      await customer.write('book');
      const second = await promised(customer, 'can I book');
      expect(await reply(first, 'to one')).toEqual([409, 'superseded']);
      expect(await reply(second, 'to both')).toEqual([200, 'accepted']);
      await isSent(customer, 'to both');
    },

    'is told to the bot as committed before it is sent, where it says so': async () => {
      const customer = next();
      const call = await promised(customer, 'book it');
      expect((await replyTo(stage, call, { reply: 'booked', commit: { slot: 18 } })).status).toBe(200);
      await customer.answered(1);
      const notices = customer.calls.map(({ body }) => JSON.parse(body) as object).slice(1);
      expect(notices).toMatchObject([{ type: 'commit', batchId: batchIn(call), commit: { slot: 18 } }]);
    },

    'is refused once its conversation is held: the draft waits with what follows, and is answered after the hold':
      async () => {
        const customer = next();
        const held = await promised(customer, 'can I');
        await stage.customers.post(`/admin/conversations/${customer.phone}/hold?minutes=5`);
        expect(await reply(held, 'to one')).toEqual([409, 'superseded']);
        await customer.write('book');
        await stage.customers.post(`/admin/conversations/${customer.phone}/release`);
        const both = await promised(customer, 'can I book');
        expect(await reply(both, 'to both')).toEqual([200, 'accepted']);
        await isSent(customer, 'to both');
      },

    'is refused once its bot is muted: the draft ends as muted': async () => {
      const customer = next();
      const call = await promised(customer, 'hello');
      await stage.customers.post(`/admin/conversations/${customer.phone}/mute`);
      expect(await reply(call, 'done')).toEqual([409, 'superseded']);
    },

    'finds no batch once its customer is erased': async () => {
      const customer = next();
      const call = await promised(customer, 'hello');
      const { status, body } = await stage.customers.delete(`/admin/customers/${customer.phone}`);
      expect([status, body.erased]).toMatchObject([200, { messages: 1, jobs: 1 }]);
      expect(await reply(call, 'done')).toEqual([404, 'unknown']);
    },
  });

  it('leaves nothing behind, and sends nothing to who is muted or erased', async () => {
    const { body } = await eventually(
      'all settled',
      () => stage.customers.get('/webhook/whatsapp/batched/stats'),
      ({ body: { messages, turns } }) => messages === 0 && turns === 0,
    );
    // All but the one of the muted and the one of the erased.
    expect(body).toMatchObject({ balance: 0, totals: { accepted: 13, answered: 11 } });
    expect(stage.gateway.heard.map(textOf).sort()).toEqual([
      'booked',
      'done',
      'to both',
      'to both',
      'to both',
    ]);
  });
});
