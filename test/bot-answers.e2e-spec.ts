import { gzipSync } from 'node:zlib';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import type { Answerer } from './support/stand-in';

const answering =
  (body: string | Buffer, headers: Record<string, string> = {}): Answerer =>
  (_, response) =>
    response.writeHead(200, headers).end(body);

const json = { 'content-type': 'application/json' };
const SAID = JSON.stringify({ reply: 'a\u0000b 👨‍👩‍👧 \u202Bשלום\u202C' });

describe('the answer of a bot', () => {
  let stage: BotStage;
  let phones = 0;

  // Masked, as in production: lines hold nothing of what is said.
  beforeAll(async () => {
    stage = await BotStage.start({ LOG_PHONES: 'masked' });
  });
  afterAll(() => stage.stop());

  /** Lets a new customer write to a bot that answers so; resolves once the job is done, with its progress. */
  async function answered(answer: Answerer): Promise<{ batchId: string; progress: unknown }> {
    stage.bot.answer = answer;
    stage.gateway.heard.length = 0;
    phones += 1;
    const conversationId = `7900300${String(phones).padStart(4, '0')}`;
    await stage.write(conversationId, 'hello');
    const jobs = await eventually(
      'the end of its delivery',
      () => stage.queue.getCompleted(),
      (completed) => completed.some(({ data }) => data.conversationId === conversationId),
    );
    const job = jobs.find(({ data }) => data.conversationId === conversationId);
    return { batchId: job?.id ?? '', progress: job?.progress };
  }

  const textsSent = (): string[] =>
    stage.gateway.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text);

  it.each<[string, Answerer]>([
    ['as it is', answering(SAID, json)],
    ['in a list, as n8n wraps it (034)', answering(`[${SAID}]`, json)],
    ['behind a byte order mark (035)', answering(`\uFEFF${SAID}`, json)],
    ['compressed (036)', answering(gzipSync(SAID), { ...json, 'content-encoding': 'gzip' })],
    ['behind newlines that kept the connection alive', answering(`\n\n\n${SAID}`)],
  ])('is sent where the reply comes %s', async (_, answer) => {
    await answered(answer);
    expect(textsSent()).toEqual([(JSON.parse(SAID) as { reply: string }).reply]);
  });

  // 'Да' in windows-1251, as old servers write it, whether they say so or not.
  const OLD = Buffer.concat([Buffer.from('{"reply":"'), Buffer.from([0xc4, 0xe0]), Buffer.from('"}')]);

  it('is sent where it comes in another character set, and none of it where nothing says in which', async () => {
    await answered(answering(OLD, { 'content-type': 'application/json; charset=windows-1251' }));
    expect(textsSent()).toEqual(['Да']);
    const { progress } = await answered(answering(OLD, json));
    expect(textsSent()).toEqual([]);
    expect(progress).toMatchObject({
      replies: [],
      lastAnswer: { error: expect.stringContaining('its bytes are no UTF-8') as string },
    });
  });

  it('is sent where the replies are objects (037c)', async () => {
    await answered(answering('{"replies":[{"text":"one"},{"text":"two"}]}', json));
    expect(textsSent()).toEqual(['one', 'two']);
  });

  it.each([
    ['plain text (037a)', 'Hello there', 'text/plain', 'text'],
    ['another key (037b)', '{"output":"from an agent node"}', 'application/json', 'json'],
    ['a login page (037d)', '<html><body>Please log in</body></html>', 'text/html', 'html'],
  ])('that is %s is warned about, counted and kept with the job', async (_, body, type, shape) => {
    const countedBefore = await counted(shape);
    const { batchId, progress } = await answered(answering(body, { 'content-type': type }));
    expect(textsSent()).toEqual([]);
    expect(progress).toMatchObject({
      replies: [],
      lastAnswer: {
        status: 200,
        error: 'the bot answered 200 with something that is not understood',
        headers: { 'content-type': type },
        body,
      },
    });
    const line = stage.workers[0]?.lines.find(
      (each) => each.includes('not understood') && each.includes(batchId),
    );
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 40, shape, contentType: type, sent: 0 });
    expect(line).not.toContain(body.slice(2, 10));
    expect(await counted(shape)).toBe(countedBefore + 1);
  });

  it.each(['', '{}', '{"reply":""}', 'null'])(
    'that says “%s” is nothing, and no cause for a word',
    async (body) => {
      const { batchId, progress } = await answered(answering(body));
      expect(progress).toMatchObject({ replies: [], lastAnswer: null });
      expect(stage.output).not.toMatch(new RegExp(`not understood.*${batchId}|${batchId}.*not understood`));
    },
  );

  async function counted(shape: string): Promise<number> {
    const text = await (await fetch(`${stage.workers[0]?.url ?? ''}/metrics`)).text();
    const [, value] = new RegExp(`not_understood_total{shape="${shape}"} (\\d+)`).exec(text) ?? [];
    return Number(value);
  }
});

it('of a bot that is not understood is shown in the log by its beginning where nothing is masked', async () => {
  const stage = await BotStage.start();
  stage.bot.answer = answering(`Hello there${' and there'.repeat(1_000)}`);
  await stage.write('79001234567', 'hello');
  const line = await stage.workers[0]?.waitForLine(/not understood/);
  expect((JSON.parse(line ?? '{}') as { text: string }).text).toMatch(/^Hello there and.{180,190}$/);
  await stage.stop();
});
