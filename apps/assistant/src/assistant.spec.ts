import type { ServerResponse } from 'node:http';
import { Metrics } from '@app/platform';
import type { Settings } from '@app/settings';
import { sendJson, StandIn } from '../../../test/support/stand-in';
import { Assistant } from './assistant';
import { type BotAnswer, mergedCall } from './bot/bot-call';
import type { ConversationMemory } from './context/conversation-memory';
import { AssistantMetrics } from './metrics/assistant.metrics';
import { LanguageModel } from './model/language-model';
import { Toolbox } from './tools/toolbox';

const JPEG = { message: 0, mimeType: 'image/jpeg', base64: '/9j/4AAQ' };
const UNREAD = { message: 1, why: 'no-file' };

interface Asked {
  messages: { role: string; content: unknown }[];
}

// Written from https://platform.openai.com/docs/guides/images-vision#giving-a-model-images-as-input, of chat completions.
describe('the assistant, shown pictures', () => {
  let server: StandIn;
  let answer: (asked: Asked, response: ServerResponse) => void;

  beforeEach(async () => {
    answer = (_, response) => says('A nice one', response);
    server = await StandIn.start();
    server.answer = ({ body }, response) => answer(JSON.parse(body) as Asked, response);
  });
  afterEach(() => server.stop());

  function says(content: string, response: ServerResponse): void {
    const choice = { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' };
    sendJson(response, 200, {
      id: '1',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [choice],
    });
  }

  function answered(text: string, pictures?: object[]): Promise<BotAnswer> {
    const assistant = {
      ...{ model: { url: server.url, name: 'm', key: 'k' }, timeoutMs: 20_000, maxOutputTokens: 50 },
      ...{ timeZone: 'UTC', contextTokens: 1_000 },
    };
    const settings = { assistant } as unknown as Settings;
    const memory = {
      of: () => Promise.resolve({ exchanges: [], summary: null, customer: {}, preferences: {} }),
    } as unknown as ConversationMemory;
    const model = new LanguageModel(settings, new Toolbox([]), new AssistantMetrics(new Metrics()));
    const ids = { batchId: 'b-1', turnId: 'b-1', conversationId: '79001234567', phone: '79001234567' };
    const call = mergedCall.parse({ ...ids, text, lastMessageAt: 1, ...(pictures && { pictures }) });
    return new Assistant(memory, model, 'task', settings).answer(call, new AbortController().signal);
  }

  const told = (): unknown[] =>
    server.heard.map(({ body }) => (JSON.parse(body) as Asked).messages.at(-1)?.content);

  it('gives them to the model as parts of the message, and keeps only that there were some', async () => {
    const { reply, commit } = await answered('Like this?', [JPEG, UNREAD]);
    expect(told()).toEqual([
      [
        { type: 'text', text: 'Like this?\n[a picture]\n[a picture that could not be read]' },
        { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/4AAQ' } },
      ],
    ]);
    expect(reply).toBe('A nice one');
    expect(commit?.exchange.customer).toBe('Like this?\n[a picture]\n[a picture that could not be read]');
    expect(JSON.stringify(commit)).not.toContain(JPEG.base64);
  });

  it('answers a picture without words, and one that could not be read', async () => {
    expect(await answered('', [JPEG])).toMatchObject({ reply: 'A nice one' });
    expect(await answered('', [UNREAD])).toMatchObject({ reply: 'A nice one' });
    expect(told().at(-1)).toBe('[a picture that could not be read]');
  });

  it('has nothing to say to a message in which it is given nothing', async () => {
    expect(await answered('')).toEqual({});
    expect(server.heard).toEqual([]);
  });

  it('asks a model that cannot see once more, without them', async () => {
    answer = ({ messages }, response) =>
      Array.isArray(messages.at(-1)?.content)
        ? sendJson(response, 400, { error: { message: 'image_url is not supported by this model' } })
        : says('I cannot see it', response);
    const { reply, commit } = await answered('Like this?', [JPEG]);
    expect(told()).toEqual([expect.any(Array), 'Like this?\n[a picture that could not be read]']);
    expect([reply, commit?.exchange.customer]).toEqual(['I cannot see it', told()[1]]);
  });

  it('does not ask again where that does not help', async () => {
    answer = (_, response) => sendJson(response, 400, { error: { message: 'no' } });
    await expect(answered('hello')).rejects.toThrow('the model answered 400');
    answer = (_, response) => sendJson(response, 503, {});
    await expect(answered('hello', [JPEG])).rejects.toThrow('the model answered 503');
    expect(server.heard).toHaveLength(2);
  });
});
