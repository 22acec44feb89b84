import { BotStage } from './support/bot-stage';
import { aMergedMessage } from './support/bots/merged-message';
import { KEY } from './support/bots/stand-in-bot';
import { STAND_IN_BOTS } from './support/bots/stand-in-bots';
import { eventually } from './support/eventually';
import { sendJson } from './support/stand-in';

interface Unreadable {
  items: { gateway: string; reasons: string[]; body: { answer: string; batchId: string } }[];
}

describe('bots by configuration', () => {
  let stage: BotStage;
  let phones = 0;

  beforeAll(async () => {
    stage = await BotStage.start({}, { worker: false });
  });
  afterEach(async () => {
    await Promise.all(
      stage.workers.filter(({ hasExited }) => !hasExited).map((worker) => worker.terminate()),
    );
    for (const { heard } of [stage.bot, stage.gateway]) heard.length = 0;
  });
  afterAll(() => stage.stop());

  const aPhone = (): string => `7900400${String((phones += 1)).padStart(4, '0')}`;

  const addWorker = (path: string, variables: Record<string, string>): ReturnType<BotStage['addWorker']> =>
    stage.addWorker({ BOT_URL: new URL(path, stage.bot.url).href, BOT_SECRET: '', ...variables });

  /** Writes, and resolves with what the gateway was given to send, all in all. */
  async function converse(phone: string, text: string, replies: number): Promise<string[]> {
    await stage.write(phone, text);
    const sent = await stage.gateway.hears(replies);
    return sent.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  }

  it.each(STAND_IN_BOTS.map((make) => make()))(
    '$preset at $path: messages go in, replies come out, one conversation',
    async ({ preset, path, variables, answer }) => {
      stage.bot.answer = answer;
      const worker = await addWorker(path, { BOT_PRESET: preset, BOT_API_KEY: KEY, ...variables });
      const phone = aPhone();
      expect(await converse(phone, 'Hi, can I book?', 1)).toEqual(['1: Hi, can I book?']);
      expect(await converse(phone, 'At six', 2)).toContain('2: At six');
      expect(worker.lines.join('\n')).not.toContain(KEY);
    },
  );

  it('an unknown bot is connected by expressions alone', async () => {
    stage.bot.answer = ({ headers, body }, response) => {
      const { question, thread = 'none' } = JSON.parse(body) as { question: string; thread?: string };
      if (headers['x-token'] !== KEY) sendJson(response, 403, {});
      else sendJson(response, 200, { said: [{ t: `${thread}: ${question}` }], thread: 'thread-1' });
    };
    await addWorker('/ask', {
      BOT_API_KEY: KEY,
      BOT_HEADERS: '{"x-token": $key}',
      BOT_BODY: '{"question": text, "thread": $state.id}',
      BOT_REPLY: 'said.t',
      BOT_STATE: '{"id": thread}',
    });
    const phone = aPhone();
    expect(await converse(phone, 'one', 1)).toEqual(['none: one']);
    expect(await converse(phone, 'two', 2)).toContain('thread-1: two');
  });

  it('a wrong key is a dead letter, and mended by a redrive', async () => {
    const [product] = STAND_IN_BOTS.map((make) => make());
    if (!product) throw new Error('no product');
    const { preset, path, answer } = product;
    stage.bot.answer = answer;
    const phone = aPhone();
    const wrong = await addWorker(path, { BOT_PRESET: preset, BOT_API_KEY: 'the-wrong-key' });
    await stage.write(phone, 'Hello');
    const [letter] = await eventually(
      'the dead letter',
      async () => (await stage.customers.get('/admin/dead-letters')).body.items as Record<string, unknown>[],
      (items) => items.some(({ conversationId }) => conversationId === phone),
    );
    expect(letter).toMatchObject({ error: 'the bot answered 401', lastAnswer: { status: 401 } });
    expect(`${wrong.lines.join('\n')}${JSON.stringify(letter)}`).not.toContain('the-wrong-key');
    await wrong.terminate();
    await addWorker(path, { BOT_PRESET: preset, BOT_API_KEY: KEY });
    await stage.customers.post(`/admin/dead-letters/${String(letter?.batchId)}/redrive`);
    await stage.gateway.hears(1);
  });

  it('an answer that is not understood is shown to an operator', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { message: 'Workflow was started' });
    const worker = await addWorker('/webhook/salon', { BOT_PRESET: 'n8n' });
    await stage.write(aPhone(), 'Hello');
    const line = JSON.parse(await worker.waitForLine(/not understood/)) as { batchId: string };
    const { items } = await eventually(
      'the answer among the unreadable',
      async () => (await stage.customers.get('/admin/unreadable')).body as unknown as Unreadable,
      (page) => page.items.some(({ body }) => body.batchId === line.batchId),
    );
    expect(items[0]).toMatchObject({
      gateway: 'bot',
      reasons: ['answer-json'],
      body: { answer: '{"message":"Workflow was started"}', status: 200 },
    });
  });

  it('what an answer left is kept by the next worker, if the one that had it died before', async () => {
    const conversationId = aPhone();
    const message = aMergedMessage({ batchId: 'b-answered', conversationId });
    const job = await stage.queue.add('merged-message', message, { jobId: message.batchId });
    await job.updateProgress({ replies: [], left: { follows: '', state: { id: 'thread-7' } } });
    await addWorker('/ask', { BOT_STATE: '{"id": thread}' });
    const kept = await eventually(
      'what was left',
      () => stage.client.get(`rapid-fire-bot-state:${conversationId}`),
      (found) => found !== null,
    );
    expect(kept).toBe('b-answered {"id":"thread-7"}');
    expect(stage.bot.heard).toEqual([]);
  });

  it('what an answer leaves is kept before its replies go, and a redrive repeats neither', async () => {
    stage.bot.answer = ({ body }, response) => {
      const { n } = JSON.parse(body) as { n: number };
      sendJson(response, 200, { reply: `answer ${n}`, n: n + 1 });
    };
    await addWorker('/count', { BOT_BODY: '{"n": $exists($state) and $state ? $state : 1}', BOT_STATE: 'n' });
    const phone = aPhone();
    stage.gateway.answer = (_, response) => sendJson(response, 400, { error: 'window closed' });
    await stage.write(phone, 'first');
    const [letter] = await eventually(
      'the dead letter of a refused reply',
      async () => (await stage.customers.get('/admin/dead-letters')).body.items as Record<string, unknown>[],
      (items) => items.some(({ conversationId }) => conversationId === phone),
    );
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
    stage.gateway.heard.length = 0;
    expect(await converse(phone, 'second', 1)).toEqual(['answer 2']);
    await stage.customers.post(`/admin/dead-letters/${String(letter?.batchId)}/redrive`);
    const sent = await stage.gateway.hears(2);
    expect(sent.at(-1)?.body).toContain('answer 1');
    expect(stage.bot.heard).toHaveLength(2);
    expect(await stage.client.get(`rapid-fire-bot-state:${phone}`)).toMatch(/^b-\S+ 3$/);
  });
});
