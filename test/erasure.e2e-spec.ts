import type { Erased } from '@app/batching';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { contentsOf } from './support/redis-contents';
import { sendJson } from './support/stand-in';

const PHONE = '79001234567';
const LID = '241758390126644';
const OTHER = '79007654321';
/** In each text of the customer's, and of the bot's to them. */
const WORD = 'zimorodok';
const ERASE = `/admin/customers/${PHONE}`;

describe('a customer who is erased', () => {
  let stage: BotStage;

  beforeEach(async () => {
    stage = await BotStage.start(
      { FORWARD_EVENTS: 'reaction', LOG_PHONES: 'masked' },
      { inOneProcess: true },
    );
    stage.bot.answer = (heard, response) => {
      const { text, phone } = JSON.parse(heard.body) as { text?: string; phone?: string };
      if (text?.includes('refuse')) {
        sendJson(response, 400, { error: `no ${WORD} for ${phone ?? ''}` });
        return;
      }
      sendJson(response, 200, { reply: `you said: ${text ?? ''}` });
    };
  });
  afterEach(() => stage.stop());

  /** The keys that name the customer, or hold what was said. */
  async function traces(): Promise<string[]> {
    const found = [...(await contentsOf(stage.client))].filter(([key, content]) =>
      [PHONE, LID, WORD].some((trace) => key.includes(trace) || content.includes(trace)),
    );
    return found.map(([key]) => key);
  }

  const waha = (event: string, payload: object): Promise<unknown> =>
    stage.customers.post('/webhook/waha', { event, session: 'default', payload });

  const stats = async (): Promise<Record<string, unknown>> =>
    (await stage.customers.get('/webhook/whatsapp/batched/stats')).body;

  const finished = (states: ('completed' | 'failed')[], count: number): Promise<unknown> =>
    eventually(
      `${count} jobs ${states.join()}`,
      async () => (await stage.queue.getJobs(states)).filter(({ data }) => data.phone === PHONE).length,
      (found) => found >= count,
    );

  /** The batch under the LID has gone its way, the event as well, and no other is on its way. */
  async function nothingInFlight(): Promise<void> {
    await eventually(
      'the batch under the LID done',
      () => stage.queue.getJobs(['completed', 'failed']),
      (jobs) => jobs.some(({ data }) => data.conversationId.includes(LID)),
    );
    await eventually(
      'no job at work',
      () => stage.queue.getJobCountByTypes('active', 'waiting'),
      (count) => count === 0,
    );
    await eventually('nothing claimed', stats, ({ claimed, turns }) => claimed === 0 && turns === 0);
  }

  /** Everything that Rapid-Fire can come to hold of a customer. */
  async function leaveTraces(): Promise<void> {
    for (const [phone, word] of [
      [PHONE, WORD],
      [OTHER, 'hello'],
    ] as const)
      await stage.write(phone, `one ${word}`);
    await stage.write(PHONE, `refuse ${WORD}`);
    await finished(['failed', 'completed'], 1);
    await stage.write(PHONE, `refuse ${WORD} again`);
    await finished(['failed'], 1);
    await finished(['completed', 'failed'], 2);
    // Known by a second id, with a memory and a window under the phone; an edit and a body that nobody understands.
    await stage.customers.post('/webhook/venom', {
      ...{ id: 'false_lid', body: `by lid ${WORD}`, type: 'chat', from: `${LID}@lid`, fromMe: false },
    });
    await waha('message.reaction', {
      ...{ id: 'r1', from: `${PHONE}@c.us`, fromMe: false, timestamp: 1_700_000_000 },
      reaction: { text: WORD, messageId: 'm' },
    });
    await waha('message.edited', {
      ...{
        id: 'e1',
        from: `${PHONE}@c.us`,
        fromMe: false,
        body: `edited ${WORD}`,
        editedMessageId: 'not-yet',
      },
    });
    await waha('message.any', {
      ...{ id: `true_${PHONE}@c.us_c1`, fromMe: true, source: 'app', body: `a colleague's ${WORD}` },
    });
    await waha('message', { id: 5, from: `${PHONE}@c.us`, body: { odd: WORD } });
    await stage.client.set(`rapid-fire-alias:wa-lid:${LID}`, PHONE, 'EX', 600);
    await stage.client.hset(`rapid-fire-dialogue:${PHONE}`, 'b-1', `{"customer":"${WORD}"}`);
    await stage.client.set(`rapid-fire-bot-state:${PHONE}`, `b-1 {"said":"${WORD}"}`, 'EX', 600);
    await stage.client.set(`rapid-fire-damaged:${PHONE}`, WORD, 'EX', 600);
    await stage.client.set(`rapid-fire-latest:${PHONE}`, 'b-1', 'EX', 600);
    await stage.customers.post(`/admin/conversations/${PHONE}/mute`);
    await stage.customers.post(`/admin/conversations/${PHONE}/hold?minutes=60`);
    await stage.write(PHONE, `pending ${WORD}`);
    await nothingInFlight();
  }

  it('leaves no key and no job that names them, or holds their texts; the others are as they were', async () => {
    await leaveTraces();
    const before = await traces();
    for (const family of [
      'rapid-fire:',
      'rapid-fire-seen:',
      'rapid-fire-history',
      'rapid-fire-timeline:',
      'rapid-fire-colleague-words:',
      'bull:messages:b-',
    ])
      expect(before.some((key) => key.startsWith(family)) ? family : 'nothing').toBe(family);
    const { status, body } = await stage.customers.delete(ERASE);
    expect([status, body.success]).toEqual([200, true]);
    expect(await traces()).toEqual([]);
    const erased = body.erased as Erased;
    expect(erased.aliases).toBe(1);
    for (const part of [
      'messages',
      'conversations',
      'jobs',
      'history',
      'memories',
      'notes',
      'events',
    ] as const)
      expect([part, erased[part] > 0]).toEqual([part, true]);
    const { items } = (await stage.customers.get(`/admin/history?phone=${OTHER}`)).body as {
      items: object[];
    };
    expect(items).toHaveLength(1);
    expect(await stats()).toMatchObject({ balance: 0, totals: { erased: erased.messages } });
    expect((await stage.customers.delete(ERASE)).body).toMatchObject({
      success: true,
      erased: { messages: 0, jobs: 0 },
    });
    expect(JSON.stringify((await stage.customers.get('/admin/audit-log')).body)).not.toContain(PHONE);
  });

  it('is somebody new when they write again', async () => {
    await leaveTraces();
    await stage.customers.delete(ERASE);
    stage.gateway.heard.length = 0;
    await stage.write(PHONE, 'a new beginning');
    await stage.gateway.hears(1);
    const { items } = (await stage.customers.get(`/admin/history?phone=${PHONE}`)).body as {
      items: { text: string }[];
    };
    expect(items.map(({ text }) => text)).toEqual(['a new beginning']);
  });

  it('is not erased while the bot answers them: the call says so, and changes nothing', async () => {
    let answer: () => void = () => undefined;
    stage.bot.answer = (_, response) => {
      answer = () => sendJson(response, 200, { reply: 'done' });
    };
    await stage.write(PHONE, `one ${WORD}`);
    await stage.bot.hears(1);
    const before = await traces();
    const { status, body } = await stage.customers.delete(ERASE);
    expect([status, body.inFlight]).toEqual([
      409,
      [{ conversationId: PHONE, what: 'at-bot', batchId: expect.stringMatching(/^b-/) as string }],
    ]);
    expect((await traces()).sort()).toEqual(
      expect.arrayContaining(before.filter((key) => !key.includes('lock'))),
    );
    answer();
    await stage.gateway.hears(1);
    const ends = (): Promise<number> => stage.customers.delete(ERASE).then((answered) => answered.status);
    await eventually('its erasure', ends, (code) => code === 200);
    expect(await traces()).toEqual([]);
  });

  it('of one company stays with the others', async () => {
    for (const companyId of [7, 8])
      await stage.customers.message(PHONE, `to ${companyId}`, { companyId, messageId: `m${companyId}` });
    await stage.gateway.hears(2);
    await eventually('both recorded', stats, ({ turns, messages }) => turns === 0 && messages === 0);
    expect((await stage.customers.delete(`${ERASE}?companyId=7`)).status).toBe(200);
    const contents = [...(await contentsOf(stage.client))]
      .map(([key, content]) => `${key} ${content}`)
      .join('\n');
    expect(contents).not.toContain(`7:${PHONE}`);
    expect(contents).toContain(`8:${PHONE}`);
    expect(contents).not.toContain('to 7');
  });
});
