import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sendJson } from './support/stand-in';

const PHONE = '79001234567';
const VERBS = `/admin/conversations/${PHONE}`;

/** Another customer, whose answer shows that all before it would have come. */
const CONTROL = '79007654321';

/** After so many failed calls in a row a bot counts as away. */
const FAILURES_TO_OPEN = 3;

describe.each(['hold', 'supersede', 'parallel'])('a bot that is muted, under BUSY_POLICY=%s', (policy) => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({ BUSY_POLICY: policy }, { inOneProcess: true });
  });
  beforeEach(() => {
    for (const { heard } of [stage.bot, stage.gateway]) heard.length = 0;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'an answer' });
  });
  afterAll(() => stage.stop());

  const customers = (): unknown[] =>
    stage.bot.heard.map(({ body }) => (JSON.parse(body) as { phone: string }).phone);

  /** How the jobs of a customer have ended. */
  const ends = async (): Promise<unknown[]> =>
    (await stage.queue.getJobs(['completed']))
      .filter(({ data }) => data.phone === PHONE)
      .map(({ returnvalue }) => (returnvalue as { outcome: string } | null)?.outcome);

  /** Jobs of the customer that wait for a bot that is away, for ten minutes. */
  const parked = async (): Promise<unknown[]> =>
    (await stage.queue.getDelayed()).filter(
      ({ data, progress }) =>
        data.phone === PHONE && (progress as { awaiting?: { isParked: boolean } }).awaiting?.isParked,
    );

  async function settled(): Promise<Record<string, unknown>> {
    const { body } = await eventually(
      'all settled',
      () => stage.customers.get('/webhook/whatsapp/batched/stats'),
      ({ body: { messages, turns } }) => messages === 0 && turns === 0,
    );
    return body;
  }

  it('is not called: the batch is merged, recorded, and said to be muted; what comes after the mute is answered', async () => {
    await stage.customers.post(`${VERBS}/mute`);
    await stage.write(PHONE, 'nobody hears me');
    await stage.write(CONTROL, 'hello');
    await eventually('its end', ends, (outcomes) => outcomes.includes('muted'));
    await stage.gateway.hears(1);
    expect(customers()).toEqual([CONTROL]);
    expect(await settled()).toMatchObject({ balance: 0, deadLetters: 0 });
    const { items } = (await stage.customers.get(`/admin/history?phone=${PHONE}`)).body as {
      items: { text: string; batchId: string }[];
    };
    expect(items[0]?.text).toBe('nobody hears me');

    await stage.customers.post(`${VERBS}/unmute`);
    await stage.write(PHONE, 'and now?');
    await stage.gateway.hears(2);
    expect(customers()).toEqual([CONTROL, PHONE]);
    // What was said meanwhile is answered where an operator asks for it.
    await stage.customers.post(`/admin/history/${items[0]?.batchId ?? ''}/replay`);
    await stage.gateway.hears(3);
  });

  it('is not heard: an answer that comes after the mute is not sent, and nothing of it is lost', async () => {
    let answer: () => void = () => undefined;
    stage.bot.answer = ({ body }, response) => {
      const isOther = (JSON.parse(body) as { phone: string }).phone !== PHONE;
      answer = () => sendJson(response, 200, { reply: 'too late' });
      if (isOther) sendJson(response, 200, { reply: 'hello' });
    };
    await stage.write(PHONE, 'I wait');
    await stage.bot.hears(1);
    // A draft is ended by the mute itself.
    const before = (await ends()).length;
    await stage.customers.post(`${VERBS}/mute?minutes=5`);
    answer();
    await eventually('its end', ends, (outcomes) => outcomes.length > before);
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'hello' });
    await stage.write(CONTROL, 'hello');
    await stage.gateway.hears(1);
    expect(stage.gateway.heard.map(({ body }) => body).join()).not.toContain('too late');
    expect(await settled()).toMatchObject({ balance: 0, deadLetters: 0 });
    await stage.customers.post(`${VERBS}/unmute`);
  });

  it('is not waited for while it is away: after the mute nothing of that time reaches it', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 503, {});
    await stage.write(CONTROL, 'is anybody there?');
    const isAway = (): boolean => stage.bot.heard.length >= FAILURES_TO_OPEN;
    await eventually('a bot that counts as away', () => Promise.resolve(isAway()), Boolean);
    await stage.write(PHONE, 'I wait, and a human answers me');
    await eventually('a batch that waits for the bot', parked, (jobs) => jobs.length > 0);
    const before = (await ends()).length;
    await stage.customers.post(`${VERBS}/mute?minutes=5`);
    await eventually('its end', ends, (outcomes) => outcomes.length > before);
    await stage.write(PHONE, 'a human answers me');
    await eventually('the end of what came behind it', ends, (outcomes) => outcomes.length > before + 1);
    expect(stage.gateway.heard).toEqual([]);
    await stage.customers.post(`${VERBS}/unmute`);
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'hello' });
    await stage.gateway.hears(1);
    expect(customers()).not.toContain(PHONE);
    expect(await settled()).toMatchObject({ balance: 0, deadLetters: 0 });
  });
});
