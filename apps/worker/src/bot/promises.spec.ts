import type { BotStates, ColleagueWordsStore } from '@app/batching';
import { botSettings, dialectOf } from '@app/bots';
import { shapeGroup, validateEnvironment } from '@app/config';
import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import { type Answerer, sendJson, StandIn } from '../../../../test/support/stand-in';
import { type BotOutcome, type BotRequest, NOTHING_KNOWN } from './bot';
import { botMessage } from './bot-message';
import { HttpBot } from './http-bot';
import type { OddAnswers } from './odd-answers';
import type { ReplyUrls } from './reply-urls';

const REPLY_URL = 'https://rapid-fire.example/replies/b-1?token=secret-token';
const FIRST = { attempt: 1, isFinal: true, wasAskedFor: false, staleMs: 0, nowMs: Date.now() };
const MESSAGE = botMessage(aMergedMessage({ text: 'hello' }), FIRST);
const NOTICE: BotRequest = {
  ...{ type: 'commit', batchId: 'b-1', turnId: 'b-1', commit: {} },
  ...{ conversationId: '79001234567', phone: '79001234567' },
};
const PROMISED = { kind: 'promised' };
const NOTHING_SAID = { kind: 'answered', status: 202, replies: [], notUnderstood: null };

describe('an answer of 202', () => {
  let server: StandIn;
  let reports = 0;

  beforeAll(async () => {
    server = await StandIn.start();
  });
  beforeEach(() => (reports = 0));
  afterAll(() => server.stop());

  async function ask(preset: string, answer: Answerer, request: BotRequest = MESSAGE): Promise<BotOutcome> {
    server.answer = answer;
    server.heard.length = 0;
    const environment = {
      NODE_ENV: 'test',
      BOT_URL: server.url,
      BOT_PRESET: preset,
      BOT_API_KEY: 'k-0123456',
    };
    const settings = shapeGroup(botSettings, validateEnvironment(botSettings, environment));
    const colleagues = { of: () => Promise.resolve([]) } as unknown as ColleagueWordsStore;
    const states = { of: () => Promise.resolve(NOTHING_KNOWN) } as unknown as BotStates;
    const replyUrls = { of: () => Promise.resolve(REPLY_URL) } as unknown as ReplyUrls;
    const oddAnswers = { report: () => Promise.resolve(void (reports += 1)) } as unknown as OddAnswers;
    const dialect = dialectOf({ ...settings, url: server.url });
    const bot = new HttpBot(
      { ...settings, url: server.url },
      { dialect, states, colleagues, replyUrls, oddAnswers, pictures: { of: () => Promise.resolve([]) } },
    );
    return bot.take(request, await bot.recall(request));
  }

  it.each([
    ['rapid-fire', ''],
    ['rapid-fire', '{}'],
    ['rapid-fire', '{"status":"accepted"}'],
    ['rapid-fire', 'Accepted'],
    ['n8n', '{"message":"Workflow was started"}'],
  ])('of %s promises a reply, whatever stands in it: %s', async (preset, body) => {
    const outcome = await ask(preset, (_, response) => response.writeHead(202).end(body));
    expect([outcome, reports]).toEqual([PROMISED, 0]);
  });

  it('that says something is an answer', async () => {
    const said = await ask('rapid-fire', (_, response) => sendJson(response, 202, { reply: 'at once' }));
    expect(said).toMatchObject({ kind: 'answered', replies: [{ text: 'at once' }] });
    const asked = await ask('rapid-fire', (_, response) => sendJson(response, 202, { needsFinal: true }));
    expect(asked).toMatchObject({ kind: 'answered', needsFinal: true });
  });

  it('promises nothing for a bot that has no way back, nor as the answer to a notice', async () => {
    expect(await ask('evolution', (_, response) => response.writeHead(202).end())).toEqual(NOTHING_SAID);
    expect(await ask('rapid-fire', (_, response) => response.writeHead(202).end(), NOTICE)).toEqual(
      NOTHING_SAID,
    );
  });

  it('is for bots that are told the way back: no other is', async () => {
    const seen: unknown[] = [];
    for (const preset of ['rapid-fire', 'n8n', 'evolution']) {
      await ask(preset, (_, response) => sendJson(response, 200, {}));
      seen.push(server.heard[0]?.headers['reply-url']);
    }
    expect(seen).toEqual([REPLY_URL, REPLY_URL, undefined]);
  });

  it('leaves no token where an operator would read it', async () => {
    const outcome = await ask('rapid-fire', ({ headers }, response) => sendJson(response, 400, { headers }));
    expect(JSON.stringify(outcome)).not.toContain('secret-token');
  });
});
