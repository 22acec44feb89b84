import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { Metrics } from '@app/platform';
import type { Settings } from '@app/settings';
import { sendJson, StandIn } from '../../../../test/support/stand-in';
import { AssistantMetrics } from '../metrics/assistant.metrics';
import { defineTool } from '../tools/tool';
import { Toolbox } from '../tools/toolbox';
import { TurnDraft } from '../turn/turn-draft';
import { LanguageModel } from './language-model';
import type { ModelError } from './model-error';

const KEY = 'sk-right';
const TIMEOUT_MS = 2_000;

type Message = Record<string, unknown>;

/** A completion of OpenAI's. */
function completion(message: Message, finishReason = 'stop'): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'stand-in',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finishReason }],
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  };
}

function toolCall(name: string, json: string): Message {
  return {
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: json } }],
  };
}

const says =
  (message: Message, finishReason?: string) =>
  (response: ServerResponse): void =>
    sendJson(response, 200, completion(message, finishReason));
const refuses =
  (status: number) =>
  (response: ServerResponse): void =>
    sendJson(response, status, { error: { message: 'no' } });

/** Resets the connection once the beginning of the answer is out. */
function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"id":', () => response.socket?.resetAndDestroy());
}

describe('the model', () => {
  let server: StandIn;
  let metrics: Metrics;
  let looks: number;

  beforeEach(async () => {
    server = await StandIn.start();
    metrics = new Metrics();
    looks = 0;
  });
  afterEach(() => server.stop());

  function modelWith(key: string | null = KEY, url = `${server.url}/v1`): LanguageModel {
    const assistant = { model: { url, name: 'stand-in', key }, timeoutMs: TIMEOUT_MS, maxOutputTokens: 50 };
    const look = defineTool({
      name: 'look',
      description: 'Looks.',
      input: z.object({ day: z.string() }),
      run: () => Promise.resolve({ looked: (looks += 1) }),
    });
    return new LanguageModel(
      { assistant } as unknown as Settings,
      new Toolbox([look]),
      new AssistantMetrics(metrics),
    );
  }

  const NOTHING_KNOWN = { exchanges: [], summary: null, customer: {}, preferences: {} };
  const reply = (model: LanguageModel, signal = new AbortController().signal): Promise<string> =>
    model.reply(
      { system: 'task', messages: [{ role: 'user', content: 'hello' }] },
      new TurnDraft('79001234567', 'hello', NOTHING_KNOWN),
      signal,
    );
  const failure = (model: LanguageModel, signal?: AbortSignal): Promise<ModelError> =>
    reply(model, signal).then(
      (text) => {
        throw new Error(`it said ${text}`);
      },
      (error: unknown) => error as ModelError,
    );
  const counted = async (outcome: string): Promise<string | undefined> =>
    new RegExp(`model_replies_total\\{outcome="${outcome}"\\} (\\d+)`).exec(await metrics.render())?.[1];

  it('answers, and its tokens are counted', async () => {
    server.answer = (_, response) => says({ content: ' Good day ' })(response);
    expect(await reply(modelWith())).toBe('Good day');
    expect(await counted('said')).toBe('1');
    expect(await metrics.render()).toContain('rapid_fire_model_tokens_total{kind="input"} 7');
  });

  // The message waits for it, as for a bot that is away: it is not at fault.
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['refuses the key', refuses(401), 'the model answered 401'],
    ['wants to be paid', refuses(402), 'the model answered 402'],
    ['forbids it', refuses(403), 'the model answered 403'],
    ['does not know the model', refuses(404), 'the model answered 404'],
    ['is overloaded', refuses(429), 'the model answered 429'],
    ['is down', refuses(503), 'the model answered 503'],
    ['breaks the connection', (response) => response.destroy(), 'the model cannot be reached'],
    ['breaks off in the middle', (response) => breakOff(response), 'the model cannot be reached'],
    ['says nothing at all', () => undefined, 'the model took too long'],
    [
      'hangs behind the headers',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":'),
      'the model took too long',
    ],
  ])('may answer later if it %s', async (_, answer, message) => {
    server.answer = (__, response) => answer(response);
    const error = await failure(modelWith());
    expect([error.message, error.isPassing]).toEqual([message, true]);
    expect(await counted('passing')).toBe('1');
  });

  it('may answer later if nobody listens there', async () => {
    const model = modelWith();
    await server.goAway();
    expect(await failure(model)).toMatchObject({ message: 'the model cannot be reached', isPassing: true });
    await server.comeBack();
  });

  it('may answer later if it has no key', async () => {
    server.answer = ({ headers }, response) =>
      (headers.authorization === undefined ? refuses(401) : says({ content: 'yes' }))(response);
    expect(await failure(modelWith(null))).toMatchObject({ isPassing: true });
  });

  it('says how long it wants to be left alone', async () => {
    server.answer = (_, response) => refuses(429)(response.setHeader('retry-after', '7'));
    expect(await failure(modelWith())).toMatchObject({ retryAfterS: 7 });
  });

  // It counts against the message, if others are answered.
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['with nothing', says({ content: '' }), 'the model said nothing'],
    ['with null', says({ content: null }), 'the model said nothing'],
    ['with 100 KB', says({ content: 'a'.repeat(100_000) }), 'the model said 100000 characters'],
    [
      'with what was withheld',
      says({ content: 'I w' }, 'content_filter'),
      'the model’s server withheld the answer',
    ],
    ['with HTML', (response) => response.end('<html>Sign in</html>'), 'the model’s answer cannot be read'],
    [
      'with another JSON',
      (response) => sendJson(response, 200, { choices: [] }),
      'the model’s answer cannot be read',
    ],
    ['that the question is wrong', refuses(400), 'the model answered 400'],
    [
      'by calling a tool for ever',
      says(toolCall('look', '{"day":"today"}'), 'tool_calls'),
      'the model said nothing',
    ],
    [
      'by calling a tool that there is not',
      says(toolCall('drop_table', '{}'), 'tool_calls'),
      'the model said nothing',
    ],
    [
      'with arguments that are no JSON',
      says(toolCall('look', '{"day":'), 'tool_calls'),
      'the model said nothing',
    ],
    [
      'with arguments of another shape',
      says(toolCall('look', '["a"]'), 'tool_calls'),
      'the model said nothing',
    ],
  ])('gives no reply if it answers %s', async (_, answer, message) => {
    server.answer = (__, response) => answer(response);
    const error = await failure(modelWith());
    expect([error.message, error.isPassing]).toEqual([expect.stringContaining(message), false]);
    expect(await counted('unusable')).toBe('1');
    expect(server.heard.length).toBeLessThanOrEqual(8);
  });

  it('is asked again, within a bound, as long as it calls tools; a call that is wrong runs nothing', async () => {
    server.answer = (_, response) => says(toolCall('look', '{"day":"today"}'), 'tool_calls')(response);
    const model = modelWith();
    await failure(model);
    expect([looks, server.heard.length]).toEqual([8, 8]);
    server.answer = (_, response) => says(toolCall('look', '{"day":7}'), 'tool_calls')(response);
    await failure(model);
    expect(looks).toBe(8);
  });

  it('may mend a wrong call of a tool', async () => {
    server.answer = (_, response) =>
      (server.heard.length === 1
        ? says(toolCall('drop_table', '{}'), 'tool_calls')
        : says({ content: 'Hello' }))(response);
    expect(await reply(modelWith())).toBe('Hello');
  });

  it('is heard as far as it came if it is cut at its limit', async () => {
    server.answer = (_, response) => says({ content: 'We are open from' }, 'length')(response);
    expect(await reply(modelWith())).toBe('We are open from');
  });

  it('is left at once when nobody waits for it any more', async () => {
    const left = new Promise((resolve) => {
      server.answer = (_, response) => void response.once('close', resolve);
    });
    const gone = new AbortController();
    const answer = failure(modelWith(), gone.signal);
    await server.hears(1);
    gone.abort();
    await left;
    await answer;
    expect(await counted('aborted')).toBe('1');
  });
});
