import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import { aDialect, reads } from '../testing/dialect';

const chat = aDialect('openai', { url: 'https://api.example/v1/chat/completions', model: 'm', key: 'k' });
const responses = aDialect('openai', {
  url: 'https://api.example/v1/responses',
  model: 'm',
  prompt: 'Be brief.',
});

const choice = (message: object): object => ({ choices: [{ message }] });
const exchange = (n: number): object[] => [
  { role: 'user', content: `question ${n}` },
  { role: 'assistant', content: `answer ${n}` },
];

describe('chat completions', () => {
  it('are told what was said before', async () => {
    const { headers, body } = await chat.call(aMergedMessage(), { messages: exchange(1) });
    expect(headers).toEqual({ authorization: 'Bearer k' });
    expect(body).toEqual({
      model: 'm',
      messages: [...exchange(1), { role: 'user', content: 'hello' }],
      stream: false,
    });
  });

  it('leave the question and their answer to be kept', async () => {
    expect(await reads(chat, choice({ content: 'good day' }), { state: { messages: exchange(1) } })).toEqual({
      kind: 'said',
      answer: { replies: ['good day'] },
      state: {
        messages: [
          ...exchange(1),
          { role: 'user', content: 'hello' },
          { role: 'assistant', content: 'good day' },
        ],
      },
    });
  });

  it.each([300, 400, 500, 1_000])(
    'leave no more than %i bytes, whole exchanges, the latest',
    async (maxStateBytes) => {
      const dialect = aDialect('openai', { url: 'https://api.example/v1/chat/completions', maxStateBytes });
      const messages = Array.from({ length: 20 }, (_, n) => exchange(n)).flat();
      const reading = await reads(dialect, choice({ content: 'good day' }), { state: { messages } });
      const { state } = reading as { state: { messages: { role: string; content: string }[] } };
      expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(maxStateBytes);
      expect(state.messages.at(-1)?.content).toBe('good day');
      expect(state.messages[0]?.role).toBe('user');
      // One exchange more, of fewer than 90 bytes, would not have had room.
      expect(Buffer.byteLength(JSON.stringify(state)) + 90).toBeGreaterThan(maxStateBytes);
    },
  );

  it.each<[string, object]>([
    [
      'parts',
      {
        content: [
          { type: 'text', text: 'good ' },
          { type: 'text', text: 'day' },
        ],
      },
    ],
    ['a refusal', { content: null, refusal: 'good day' }],
  ])('are read where they say %s', async (_, message) => {
    expect(await reads(chat, choice(message))).toMatchObject({ answer: { replies: ['good day'] } });
  });

  it.each([{ content: '' }, { content: null, tool_calls: [] }, {}])(
    'are not understood with %j',
    async (message) => {
      expect(await reads(chat, choice(message))).toEqual({ kind: 'odd' });
    },
  );

  it.each<[object, boolean]>([
    [{ code: 502, message: 'Provider returned error' }, true],
    [{ code: 'rate_limit_exceeded', message: 'slow down' }, true],
    [{ code: 'invalid_api_key', message: 'no' }, false],
  ])('that are an error after all, %j, are tried again: %s', async (error, passing) => {
    expect(await reads(chat, { error })).toMatchObject({ kind: 'failed', passing });
  });
});

describe('responses', () => {
  it('go on from the last one', async () => {
    expect((await responses.call(aMergedMessage(), { responseId: 'resp_1' })).body).toEqual({
      ...{ model: 'm', instructions: 'Be brief.', input: 'hello', store: true },
      previous_response_id: 'resp_1',
    });
    expect((await responses.call(aMergedMessage(), null)).body).not.toHaveProperty('previous_response_id');
  });

  it('are read with each of their messages, and what they refuse', async () => {
    const message = (...content: object[]): object => ({ type: 'message', content });
    const output = [
      { type: 'reasoning', summary: [] },
      message({ type: 'output_text', text: 'one' }),
      message({ type: 'refusal', refusal: 'two' }),
    ];
    expect(await reads(responses, { id: 'resp_2', status: 'incomplete', output })).toEqual({
      kind: 'said',
      answer: { replies: ['one', 'two'] },
      state: { responseId: 'resp_2' },
    });
  });

  it('that failed are tried again if that may pass', async () => {
    const failure = {
      id: 'resp_3',
      status: 'failed',
      output: [],
      error: { code: 'server_error', message: 'oh' },
    };
    expect(await reads(responses, failure)).toEqual({ kind: 'failed', error: 'oh', passing: true });
  });
});
