import { parseConversationId } from '@app/contracts';
import type { TimelineAnswer, TimelineEntryAnswer } from '../apps/webhook/src/admin/timeline/timeline.answer';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sampleOf } from './support/gateway-samples';
import { SECRETS, signed } from './support/gateway-signatures';
import { type Answer, send } from './support/http';
import { type Answerer, sendJson } from './support/stand-in';

const PHONE = '79001234567';

describe('the timeline of a customer', () => {
  let stage: BotStage;
  let phones = 0;

  beforeAll(async () => {
    stage = await BotStage.start(
      {
        ...SECRETS,
        BOT_PICTURES: '1',
        ...{ ON_HUMAN_REPLY: 'hold', HUMAN_REPLY_HOLD: '3600', WAHA_API_URL: '', WAHA_API_KEY: '' },
      },
      { inOneProcess: true },
    );
  });
  beforeEach(() => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
  });
  afterAll(() => stage.stop());

  const someone = (): string => {
    phones += 1;
    return `7900400${String(phones).padStart(4, '0')}`;
  };

  async function timelineOf(phone: string, query = ''): Promise<TimelineEntryAnswer[]> {
    const { status, body } = await stage.customers.get(`/admin/conversations/${phone}/timeline${query}`);
    expect(status).toBe(200);
    return (body as unknown as TimelineAnswer).entries;
  }

  /** One call, once it shows such an entry. */
  async function shows(phone: string, entry: Partial<TimelineEntryAnswer>): Promise<TimelineEntryAnswer> {
    const isIt = (one: TimelineEntryAnswer): boolean =>
      Object.entries(entry).every(([name, value]) => one[name as keyof TimelineEntryAnswer] === value);
    const entries = await eventually(
      `an entry like ${JSON.stringify(entry)}`,
      () => timelineOf(phone),
      (all) => all.some(isIt),
    );
    return entries.find(isIt) as TimelineEntryAnswer;
  }

  /** Until then its batch waits, and a reply may have no time of its own. */
  async function delivered(phone: string): Promise<void> {
    await eventually(
      'the end of the delivery',
      () => stage.queue.getCompleted(),
      (jobs) => jobs.some(({ data }) => data.conversationId === phone),
    );
  }

  function post(file: string): Promise<Answer> {
    const { gateway, path, bytes } = sampleOf(file);
    const headers = { 'content-type': 'application/json', ...signed(gateway, bytes) };
    return send(stage.webhook.url + path, { method: 'POST', headers, body: new Uint8Array(bytes) });
  }

  it('tells from the first fragment to the reply what happened, in this order', async () => {
    const phone = someone();
    for (const text of ['Запишите', 'на завтра', 'к Бари']) await stage.write(phone, text);
    await delivered(phone);
    const entries = await timelineOf(phone);
    const [, second] = entries;
    const { batchId } = entries[3] as TimelineEntryAnswer;
    expect(entries).toMatchObject([
      { kind: 'message', text: 'Запишите', gapMs: null, batchId },
      { kind: 'message', text: 'на завтра', gapMs: expect.any(Number) as number, batchId },
      { kind: 'message', text: 'к Бари', batchId },
      { kind: 'batch', state: 'handed-off', reason: 'quiet', window: { ms: 300, why: 'fixed' } },
      { kind: 'attempt', batchId, outcome: 'answered', status: 200, answer: 'fine', attempt: 1 },
      { kind: 'reply', batchId, state: 'sent', text: 'fine', gateway: 'generic' },
    ]);
    expect(entries.map(({ mend }) => mend)).toEqual(entries.map(() => null));
    expect(second?.time).toBe(new Date(second?.at ?? 0).toISOString());
  });

  it('shows the part that is asked for, in either spelling of time, and refuses what it does not know', async () => {
    const phone = someone();
    await stage.write(phone, 'hello');
    await delivered(phone);
    const { at, time } = await shows(phone, { kind: 'reply' });
    expect((await timelineOf(phone, `?from=${at}&to=${time}`)).map(({ kind }) => kind)).toContain('reply');
    expect((await timelineOf(phone, `?to=${at - 1}`)).map(({ kind }) => kind)).not.toContain('reply');
    expect(await timelineOf(phone, `?from=${at + 1}`)).toEqual([]);
    const refused = await stage.customers.get(
      `/admin/conversations/${phone}/timeline?until=1&from=soon&to=yesterday`,
    );
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'until' }] } });
    const unread = await stage.customers.get(`/admin/conversations/${phone}/timeline?from=soon&to=x`);
    expect(unread).toMatchObject({ status: 400, body: { errors: [{ field: 'from' }, { field: 'to' }] } });
  });

  it('is that of one company, or of all', async () => {
    const phone = someone();
    for (const companyId of [17, 18]) await stage.customers.message(phone, `to ${companyId}`, { companyId });
    await shows(phone, { kind: 'reply', conversationId: `18:${phone}` });
    await shows(phone, { kind: 'reply', conversationId: `17:${phone}` });
    const one = await timelineOf(phone, '?companyId=17');
    expect(new Set(one.map(({ conversationId }) => conversationId))).toEqual(new Set([`17:${phone}`]));
    expect(one.length).toBeGreaterThan(3);
  });

  describe('says in one call why there is no answer, and what mends it:', () => {
    it('the bot is down', async () => {
      const phone = someone();
      await stage.bot.goAway();
      try {
        await stage.write(phone, 'hello');
        expect(await shows(phone, { kind: 'attempt', outcome: 'unavailable' })).toMatchObject({
          says: expect.stringContaining('The bot did not answer') as string,
          mend: expect.stringContaining('BOT_URL') as string,
        });
        const waits = await eventually(
          'what the batch waits for',
          async () => (await timelineOf(phone)).at(-1),
          (last) => last?.state === 'waiting' && last.mend !== null,
        );
        expect(waits?.mend).toContain('Start the bot');
      } finally {
        await stage.bot.comeBack();
      }
      await shows(phone, { kind: 'reply', state: 'sent' });
    });

    it('the bot was not shown a picture', async () => {
      const phone = someone();
      const media = { url: 'http://files.invalid/1.jpg', mimeType: 'image/jpeg', size: 10_000_000 };
      await stage.customers.message(phone, 'Like this', { type: 'image', media });
      const { batchId } = await shows(phone, { kind: 'reply' });
      expect(await shows(phone, { kind: 'picture', batchId: batchId ?? '' })).toMatchObject({
        reason: 'too-large',
        says: 'Not shown to the bot: 1 picture, larger than BOT_PICTURE_MAX_BYTES',
        mend: 'Raise BOT_PICTURE_MAX_BYTES',
      });
    });

    it.each([
      [401, 'BOT_API_KEY'],
      [404, 'BOT_URL'],
      [422, 'Mend what the error says'],
    ])('the bot refuses with %d', async (status, mend) => {
      const phone = someone();
      stage.bot.answer = (_, response) => sendJson(response, status, {});
      await stage.write(phone, 'hello');
      expect(await shows(phone, { kind: 'attempt', outcome: 'refused' })).toMatchObject({
        mend: expect.stringContaining(mend) as string,
      });
    });

    it('the bot answered oddly', async () => {
      const phone = someone();
      const odd: Answerer = (_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works</h1>');
      stage.bot.answer = odd;
      await stage.write(phone, 'hello');
      expect(await shows(phone, { kind: 'attempt' })).toMatchObject({
        outcome: 'answered',
        answer: '<h1>It works</h1>',
        says: expect.stringContaining('not understood') as string,
        mend: expect.stringContaining('BOT_REPLY') as string,
      });
    });

    it('no sender is configured', async () => {
      await post('waha/message-text.json');
      expect(await shows(PHONE, { kind: 'reply' })).toMatchObject({
        state: 'logged',
        says: expect.stringContaining('no sender is configured for waha') as string,
        mend: expect.stringContaining('Set WAHA_API_URL') as string,
      });
    });

    it('a human has answered', async () => {
      const { body } = await post('evolution/own-from-phone.json');
      const [{ conversationId = '' } = {}] = body.results as { conversationId?: string }[];
      const { customer } = parseConversationId(conversationId);
      const held = await shows(customer, { kind: 'takeover' });
      expect(held).toMatchObject({
        says: expect.stringContaining('nothing is handed off until') as string,
        mend: expect.stringContaining(`POST /admin/conversations/${customer}/release`) as string,
      });
      expect(await shows(customer, { kind: 'hold' })).toMatchObject({ mend: expect.any(String) as string });
    });

    it('the bot is muted', async () => {
      const phone = someone();
      await stage.customers.post(`/admin/conversations/${phone}/mute?minutes=60`);
      await stage.write(phone, 'hello');
      const mend = `POST /admin/conversations/${phone}/unmute`;
      expect(await shows(phone, { kind: 'batch', state: 'muted' })).toMatchObject({ mend });
      expect(await shows(phone, { kind: 'mute' })).toMatchObject({
        says: expect.stringMatching(/^The bot is muted.* until 2.*: nothing is answered$/) as string,
        mend,
      });
    });

    it('the message was ignored', async () => {
      const { body } = await post('evolution/group-text.json');
      expect(body.results).toMatchObject([{ outcome: 'ignored', reason: 'group' }]);
      const group = await ignoredGroup();
      expect(await shows(group, { kind: 'ignored' })).toMatchObject({
        reason: 'group',
        mend: expect.stringContaining('GROUP_MESSAGES') as string,
      });
    });

    async function ignoredGroup(): Promise<string> {
      const [key = ''] = await eventually(
        'the note of a group',
        () => stage.client.keys('rapid-fire-timeline:wa-group:*'),
        ({ length }) => length > 0,
      );
      return key.slice('rapid-fire-timeline:'.length);
    }
  });
});
