import type { BotMessage } from '../apps/worker/src/bot/bot';
import { BotStage } from './support/bot-stage';
import { type Customer, Customers } from './support/customers';
import { eventually, pause } from './support/eventually';
import { sideBySide } from './support/side-by-side';
import { type Answerer, type Heard, sendJson } from './support/stand-in';

const WINDOW_MS = 6_000;
const THINK_MS = 3_000;
const BETWEEN_MS = 2_000;
/** What a machine that is busy may add, and less than a bot that begins when the window is over would. */
const SLACK_MS = 2_500;

const textOf = ({ body }: Heard): string => (JSON.parse(body) as { text: string }).text;
const callOf = ({ body }: Heard): BotMessage => JSON.parse(body) as BotMessage;
const isNotice = ({ headers }: Heard): boolean =>
  headers['idempotency-key']?.toString().endsWith(':commit') === true;

/** A bot that thinks, also where its caller has gone meanwhile. */
const thinking: Answerer = (heard, response) => {
  setTimeout(() => sendJson(response, 200, { reply: callOf(heard).text }), THINK_MS);
};

describe('a message that comes before the answer', () => {
  let stage: BotStage;
  let customers: Customers;

  beforeAll(async () => {
    stage = await BotStage.start({
      BUSY_POLICY: 'supersede',
      PREEMPTIVE_START: '1500',
      BATCH_TIMEOUT: String(WINDOW_MS),
    });
    customers = new Customers(stage);
  });
  afterAll(() => stage.stop());

  /** The only reply, which came when the window of the last message was over: not when the bot had then thought. */
  async function repliedInTime(customer: Customer, lastMs: number): Promise<Heard> {
    const [reply] = await customer.answered(1);
    if (!reply) throw new Error('no reply');
    expect(reply.atMs - lastMs).toBeGreaterThan(WINDOW_MS - 200);
    expect(reply.atMs - lastMs).toBeLessThan(WINDOW_MS + SLACK_MS);
    return reply;
  }

  sideBySide({
    'supersedes the call: one reply to three fragments, as soon as the window is over': async () => {
      const customer = customers.next(thinking);
      for (const text of ['can I', 'book a haircut']) {
        await customer.write(text);
        await pause(BETWEEN_MS);
      }
      await customer.write('tomorrow?');
      const reply = await repliedInTime(customer, Date.now());
      expect(textOf(reply)).toBe('can I book a haircut tomorrow?');

      const calls = customer.calls.map(callOf);
      const ids = calls.map(({ batchId }) => batchId);
      expect(calls.map(({ messageCount }) => messageCount)).toEqual([1, 2, 3]);
      expect(calls.map(({ supersedes }) => supersedes)).toEqual([[], ids.slice(0, 1), ids.slice(0, 2)]);
      expect(calls.map(({ turnId }) => turnId)).toEqual([ids[0], ids[0], ids[0]]);
      expect(calls.map(({ final, attempt }) => [final, attempt])).toEqual([
        [false, 1],
        [false, 1],
        [false, 1],
      ]);
      await stage.workers[0]?.waitForLine(
        /Answered \d+\.\d s after the last message: window 6\.0 s \(fixed\), bot 3\.\d s, superseded 2/,
      );
    },

    'is alone, and is answered when its window is over, not when the bot has then thought': async () => {
      const customer = customers.next(thinking);
      const beganMs = Date.now();
      await customer.write('hello');
      await repliedInTime(customer, beganMs);
    },

    'cancels the call that it supersedes': async () => {
      let isClosed = false;
      const customer = customers.next((heard, response) => {
        if (callOf(heard).messageCount === 2) sendJson(response, 200, { reply: 'both' });
        else response.on('close', () => (isClosed = true));
      });
      await customer.write('one');
      await customer.called(1);
      await customer.write('two');
      await eventually('the connection closed', () => Promise.resolve(isClosed), Boolean);
      const [reply] = await customer.answered(1);
      expect(reply && textOf(reply)).toBe('both');
    },

    'is answered by a final call, where the bot wants to answer no draft': async () => {
      const customer = customers.next((heard, response) =>
        sendJson(response, 200, callOf(heard).final ? { reply: 'booked' } : { needsFinal: true }),
      );
      await customer.write('book it');
      const [reply] = await customer.answered(1);
      expect(reply && textOf(reply)).toBe('booked');
      expect(customer.calls.map(callOf).map(({ final, attempt }) => [final, attempt])).toEqual([
        [false, 1],
        [true, 2],
      ]);
    },

    'is told to the bot as committed before its reply goes; what the bot answers then is sent instead':
      async () => {
        const customer = customers.next((heard, response) => {
          if (isNotice(heard)) sendJson(response, 200, { reply: 'your number is 17' });
          else sendJson(response, 200, { reply: 'booked', commit: { slot: 18 } });
        });
        await customer.write('book it');
        const [reply] = await customer.answered(1);
        expect(reply && textOf(reply)).toBe('your number is 17');
        const [call, notice] = customer.calls.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
        expect(notice).toMatchObject({
          type: 'commit',
          batchId: call?.batchId,
          turnId: call?.turnId,
          commit: { slot: 18 },
        });
      },

    'is taken back by the bot that can no longer do what it has planned': async () => {
      const customer = customers.next((heard, response) => {
        if (isNotice(heard)) sendJson(response, 409, {});
        else sendJson(response, 200, { reply: 'never sent', commit: { slot: 18 } });
      });
      await customer.write('book it');
      await customer.called(2);
    },

    'keeps the answer back while its customer types': async () => {
      const customer = customers.next((_, response) => sendJson(response, 200, { reply: 'fine' }));
      const presence = (state: string): Promise<unknown> =>
        stage.customers.post('/webhook/whatsapp/presence', { phone: customer.phone, state });
      await customer.write('one');
      await customer.called(1);
      await pause(WINDOW_MS / 2);
      await presence('composing');
      await pause(WINDOW_MS / 2 + 500);
      expect(customer.replies).toEqual([]);
      await presence('paused');
      await customer.answered(1);
    },
  });

  it('leaves nothing behind: every message is answered once, or taken back', async () => {
    const { body } = await eventually(
      'all settled',
      () => stage.customers.get('/webhook/whatsapp/batched/stats'),
      ({ body: { messages, turns } }) => messages === 0 && turns === 0,
    );
    expect(body).toMatchObject({ balance: 0, totals: { accepted: 10, delivered: 10 } });
    expect(stage.gateway.heard).toHaveLength(6);
    expect(stage.gateway.heard.map(textOf)).not.toContain('never sent');
  });
});
