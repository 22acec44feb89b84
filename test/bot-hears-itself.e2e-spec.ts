import { randomUUID } from 'node:crypto';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import type { Answer } from './support/http';
import { type Heard, sendJson } from './support/stand-in';

const PHONE = '79003000071';
const MAX_TURNS = 3;
const KNOWN = { status: 200, body: { results: [{ outcome: 'ignored', reason: 'own-reply' }] } };

/** A forwarder that takes everything in the chat for the customer's words, also what the bot has said there. */
describe('a forwarder that brings the bot’s own replies back', () => {
  let stage: BotStage;
  /** What the webhook says to each reply that is brought back. */
  let returning: Promise<Answer>[];

  beforeEach(async () => {
    stage = await BotStage.start({ MAX_TURNS_PER_HOUR: String(MAX_TURNS) });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'You wrote something' });
    returning = [];
  });
  afterEach(() => stage.stop());

  const forward = (id: string, body: string): Promise<Answer> =>
    stage.customers.post('/webhook/venom', {
      ...{ id: `false_${PHONE}@c.us_${id}`, body, type: 'chat', from: `${PHONE}@c.us`, fromMe: false },
    });

  const write = async (text: string): Promise<void> => {
    expect((await forward(randomUUID(), text)).status).toBe(200);
  };

  const wordsOf = ({ body }: Heard): string => (JSON.parse(body) as { text: string }).text;

  /** The gateway sends, says under which id, and forwards the same. */
  function loop(idOf: (sentId: string) => string): void {
    stage.gateway.answer = (heard, response) => {
      const id = randomUUID();
      sendJson(response, 200, { id: `true_${PHONE}@c.us_${id}` });
      returning.push(bringBack(heard, idOf(id)));
    };
  }

  async function bringBack(heard: Heard, id: string): Promise<Answer> {
    await eventually(
      'the id kept',
      () => stage.client.keys('rapid-fire-sent:*'),
      ({ length }) => length >= stage.gateway.heard.length,
    );
    return forward(id, wordsOf(heard));
  }

  async function untilReturned(times: number): Promise<Answer[]> {
    await eventually(
      `${times} replies brought back`,
      () => Promise.resolve(returning.length),
      (length) => length === times,
    );
    return Promise.all(returning);
  }

  it('under the id that they were sent with: each is known, and the customer is answered once', async () => {
    loop((sentId) => sentId);
    await write('Hello');
    expect(await untilReturned(1)).toMatchObject([KNOWN]);
    await write('Are you there?');
    expect(await untilReturned(2)).toMatchObject([KNOWN, KNOWN]);
    expect(stage.bot.heard).toHaveLength(2);
    expect((await stage.customers.get(`/admin/batches/${PHONE}`)).status).toBe(404);
  });

  it('under that id by the other route of Venom: it is known there too', async () => {
    loop((sentId) => sentId);
    await stage.write(PHONE, 'Hello');
    expect(await untilReturned(1)).toMatchObject([KNOWN]);
  });

  it('under numbers that begin anew in each chat: another customer’s message of that number is answered', async () => {
    const other = '79003000072';
    stage.gateway.answer = (_, response) => sendJson(response, 200, { id: '57' });
    await stage.write(PHONE, 'Hello');
    await eventually(
      'the id kept',
      () => stage.client.keys('rapid-fire-sent:*'),
      ({ length }) => length === 1,
    );
    const message = (from: string): object => ({ id: 57, body: 'Hello', type: 'chat', from: `${from}@c.us` });
    expect(await stage.customers.post('/webhook/venom', message(PHONE))).toMatchObject(KNOWN);
    expect(await stage.customers.post('/webhook/venom', message(other))).toMatchObject({
      body: { results: [{ outcome: 'opened', conversationId: other }] },
    });
    await stage.gateway.hears(2);
    expect(stage.bot.heard).toHaveLength(2);
  });

  it('under other ids: the loop ends after MAX_TURNS_PER_HOUR turns, and what it said last waits', async () => {
    loop(() => randomUUID());
    await write('Hello');
    await untilReturned(MAX_TURNS);
    const { items } = await eventually(
      'the hold',
      async () => (await stage.customers.get('/admin/steered')).body as { items: object[] },
      (steered) => steered.items.length > 0,
    );
    expect(items).toMatchObject([{ order: 'hold', conversationId: PHONE }]);
    expect([stage.bot.heard.length, stage.gateway.heard.length]).toEqual([MAX_TURNS, MAX_TURNS]);
    expect((await stage.customers.get(`/admin/batches/${PHONE}`)).body).toMatchObject({ size: 1 });
    await stage.workers[0]?.waitForLine(/A conversation is held: it had MAX_TURNS_PER_HOUR turns/);
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
    await stage.customers.post(`/admin/conversations/${PHONE}/release`);
    await stage.gateway.hears(MAX_TURNS + 1);
    expect(stage.bot.heard).toHaveLength(MAX_TURNS + 1);
  });
});
