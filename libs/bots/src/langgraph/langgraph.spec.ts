import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import { aDialect, reads } from '../testing/dialect';

const langgraph = aDialect('langgraph', { url: 'https://graph.example/base/', key: 'k' });

const threadOf = async (conversationId: string): Promise<string> =>
  (await langgraph.call(aMergedMessage({ conversationId }), null)).url.pathname;

it('every conversation has a thread of its own, always the same', async () => {
  expect(await threadOf('79001234567')).toMatch(/^\/base\/threads\/[\da-f-]{36}\/runs\/wait$/);
  expect(await threadOf('79001234567')).toBe(await threadOf('79001234567'));
  expect(await threadOf('79001234567')).not.toBe(await threadOf('1:79001234567'));
});

it('a run is asked for by the graph’s name, and a broken one gives way', async () => {
  const { headers, body } = await langgraph.call(aMergedMessage(), null);
  expect(headers).toEqual({ 'x-api-key': 'k' });
  expect(body).toMatchObject({
    assistant_id: 'agent',
    multitask_strategy: 'rollback',
    on_disconnect: 'cancel',
  });
});

describe('the state of a thread', () => {
  const HUMAN = { type: 'human', content: 'hello' };

  it('is what was said last, after the customer', async () => {
    const messages = [
      { role: 'assistant', content: 'earlier' },
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'good day' },
    ];
    expect(await reads(langgraph, { messages })).toEqual({ kind: 'said', answer: { replies: ['good day'] } });
  });

  it('is a question where the run was interrupted', async () => {
    const state = { messages: [HUMAN], __interrupt__: [{ value: 'At six or at seven?' }] };
    expect(await reads(langgraph, state)).toMatchObject({ answer: { replies: ['At six or at seven?'] } });
  });

  it('is a failure behind newlines', async () => {
    const text = '\n\n{"__error__":{"error":"ValueError","message":"no such tool"}}';
    expect(await reads(langgraph, text)).toEqual({ kind: 'failed', error: 'no such tool', passing: true });
  });

  it('is not understood where nobody has answered', async () => {
    expect(await reads(langgraph, { messages: [{ type: 'ai', content: 'earlier' }, HUMAN] })).toEqual({
      kind: 'odd',
    });
  });
});
