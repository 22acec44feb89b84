import type { BotStates, ColleagueWordsStore } from '@app/batching';
import { botSettings, dialectOf } from '@app/bots';
import { shapeGroup, validateEnvironment } from '@app/config';
import type { ForwardedEvent } from '@app/contracts';
import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import { KEY } from '../../../../test/support/bots/stand-in-bot';
import { STAND_IN_BOTS } from '../../../../test/support/bots/stand-in-bots';
import { sendJson, StandIn } from '../../../../test/support/stand-in';
import { type BotOutcome, NOTHING_KNOWN } from './bot';
import { botMessage } from './bot-message';
import { HttpBot } from './http-bot';
import type { OddAnswers } from './odd-answers';
import type { ReplyUrls } from './reply-urls';

const BOT_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let server: StandIn;
beforeAll(async () => {
  server = await StandIn.start();
});
beforeEach(() => {
  server.heard.length = 0;
});
afterAll(() => server.stop());

/** The bot as the worker makes it of these variables; nobody is told of odd answers. */
function aBot(path: string, variables: Record<string, string>): HttpBot {
  const url = new URL(path, server.url).href;
  const environment = { NODE_ENV: 'test', BOT_URL: url, BOT_SECRET, ...variables };
  const settings = shapeGroup(botSettings, validateEnvironment(botSettings, environment));
  const oddAnswers = { report: () => Promise.resolve() } as unknown as OddAnswers;
  const kept = {
    states: {} as BotStates,
    colleagues: {} as ColleagueWordsStore,
    replyUrls: {} as ReplyUrls,
    pictures: { of: () => Promise.resolve([]) },
  };
  return new HttpBot({ ...settings, url }, { dialect: dialectOf({ ...settings, url }), oddAnswers, ...kept });
}

const ask = (bot: HttpBot, text: string, state: unknown = null): Promise<BotOutcome> =>
  bot.take(botMessage(aMergedMessage({ text }), FIRST), { ...NOTHING_KNOWN, state });

const FIRST = { attempt: 1, isFinal: true, wasAskedFor: false, staleMs: 0, nowMs: Date.now() };

describe.each(STAND_IN_BOTS.map((make) => ({ ...make(), make })))('a bot of $preset at $path', (about) => {
  const { preset, path, variables, wantsKey } = about;
  const product = about.make();
  const configured = { BOT_PRESET: preset, BOT_API_KEY: KEY, ...variables };

  beforeEach(() => {
    server.answer = product.answer;
  });

  it('answers, and goes on with the conversation', async () => {
    const bot = aBot(path, configured);
    const first = await ask(bot, 'Hi, can I book?');
    expect(first).toMatchObject({
      kind: 'answered',
      replies: [{ text: '1: Hi, can I book?' }],
      notUnderstood: null,
    });
    const state = first.kind === 'answered' ? (first.state ?? null) : null;
    expect(await ask(bot, 'At six', state)).toMatchObject({ replies: [{ text: '2: At six' }] });
    expect(server.heard[0]?.headers).toMatchObject({ 'idempotency-key': 'b-1', 'webhook-id': 'b-1' });
  });

  it('begins the conversation anew where it has lost it', async () => {
    const bot = aBot(path, configured);
    const first = await ask(bot, 'Hello');
    product.forget();
    const state = first.kind === 'answered' ? (first.state ?? null) : null;
    expect(await ask(bot, 'Are you there?', state)).toMatchObject({
      kind: 'answered',
      replies: [{ text: expect.stringMatching(/^[12]: Are you there\?$/) as string }],
    });
  });

  it('that refuses its key makes a dead letter, in which the key does not stand', async () => {
    const wrong = 'the-wrong-key';
    server.answer = (heard, response) => {
      const echoed = heard.headers.authorization ?? heard.headers['x-api-key'];
      sendJson(response, 401, { message: `no such key: ${String(echoed)}` });
    };
    const outcome = await ask(aBot(path, { ...configured, BOT_API_KEY: wrong }), 'Hello');
    expect(outcome).toMatchObject({
      kind: 'refused',
      answer: { status: 401, error: 'the bot answered 401' },
    });
    expect(JSON.stringify(outcome)).not.toContain(wrong);
    expect(JSON.stringify(server.heard[0]?.headers)).toContain(wrong);
  });

  it('that has another key refuses the call', async () => {
    const outcome = await ask(aBot(path, { ...configured, BOT_API_KEY: 'another-key' }), 'Hello');
    expect(outcome.kind).toBe(wantsKey ? 'refused' : 'answered');
  });

  it('that fails is tried again', async () => {
    server.answer = (_, response) => sendJson(response, 500, { error: 'no' });
    expect(await ask(aBot(path, configured), 'Hello')).toMatchObject({ kind: 'unavailable', mayBlame: true });
  });

  it('that says nothing for too long is tried again', async () => {
    server.answer = () => undefined;
    const bot = aBot(path, { ...configured, BOT_TIMEOUT: '200' });
    expect(await ask(bot, 'Hello')).toMatchObject({
      kind: 'unavailable',
      answer: { error: 'no answer within 200 ms' },
    });
  });

  it('that answers with nothing has nothing to say', async () => {
    server.answer = (_, response) => response.writeHead(200).end(' \n');
    expect(await ask(aBot(path, configured), 'Hello')).toEqual({
      ...{ kind: 'answered', status: 200, replies: [], notUnderstood: null },
    });
  });

  it.each([
    ['an odd answer', about.oddAnswer],
    ['a login page', '<html>Please log in</html>'],
  ])('that answers with %s is not understood', async (_, body) => {
    server.answer = (__, response) => response.writeHead(200).end(body);
    expect(await ask(aBot(path, configured), 'Hello')).toMatchObject({
      ...{ kind: 'answered', replies: [] },
      notUnderstood: { answer: { status: 200, body } },
    });
  });
});

describe('a bot that is called by expressions', () => {
  it('makes a dead letter of a message that they fail on, and says where', async () => {
    const bot = aBot('/', { BOT_BODY: '$number(text)' });
    expect(await ask(bot, 'secret words')).toMatchObject({
      kind: 'refused',
      answer: { status: null, error: 'BOT_BODY fails: D3030 at character 8 (https://docs.jsonata.org)' },
    });
    expect(server.heard).toEqual([]);
  });

  it('is not understood where they fail on its answer', async () => {
    server.answer = (_, response) => sendJson(response, 200, { said: 'words' });
    expect(await ask(aBot('/', { BOT_REPLY: '$number(said)' }), 'hello')).toMatchObject({
      kind: 'answered',
      notUnderstood: {
        shape: 'json',
        answer: { error: expect.stringContaining('BOT_REPLY fails: D3030') as string },
      },
    });
  });

  it('keeps no header by which it knows us, wherever it repeats that', async () => {
    server.answer = ({ headers }, response) => sendJson(response, 403, { seen: headers['x-password-1'] });
    const bot = aBot('/', { BOT_HEADERS: '{"x-password-1": "open sesame"}' });
    const outcome = await ask(bot, 'hello');
    expect(outcome).toMatchObject({ kind: 'refused', answer: { body: '{"seen":"[removed]"}' } });
  });
});

it('what a bot leaves is not kept if it is too much', async () => {
  server.answer = (_, response) => sendJson(response, 200, { reply: 'ok', memory: 'x'.repeat(2_000) });
  const template = { BOT_STATE: '{"memory": memory}' };
  expect(await ask(aBot('/', { ...template, BOT_STATE_BYTES: '4kb' }), 'hello')).toHaveProperty('state');
  expect(await ask(aBot('/', { ...template, BOT_STATE_BYTES: '1kb' }), 'hello')).not.toHaveProperty('state');
});

it('a bot that takes messages only is told of no event', async () => {
  const event: ForwardedEvent = {
    version: 1,
    kind: 'edit',
    channel: 'whatsapp',
    ...{ eventId: 'e-1', conversationId: '79001234567', phone: '79001234567' },
    ...{ companyId: null, targetId: 'm-1', text: 'at seven', at: 1 },
    source: { gateway: 'venom', account: null, chatId: '79001234567@c.us' },
  };
  server.answer = (_, response) => sendJson(response, 200, {});
  await aBot('/webhook/x', { BOT_PRESET: 'n8n' }).take(event, NOTHING_KNOWN);
  expect(server.heard).toHaveLength(1);
  await aBot('/webhooks/rest/webhook', { BOT_PRESET: 'rasa' }).take(event, NOTHING_KNOWN);
  expect(server.heard).toHaveLength(1);
});
