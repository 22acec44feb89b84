import type { Reading } from '../answer/reading';
import { aDialect, reads } from '../testing/dialect';

const dify = aDialect('dify', { key: 'k' });
const END = { event: 'message_end', conversation_id: 'c-1' };

function streamed(...events: object[]): Promise<Reading> {
  const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  return reads(dify, text, { contentType: 'text/event-stream' });
}

describe('the stream of an application', () => {
  it('is one reply, with what a tool made, and the conversation is kept', async () => {
    expect(
      await streamed(
        { event: 'workflow_started', conversation_id: 'c-1' },
        { event: 'message', answer: 'Good ', conversation_id: 'c-1' },
        { event: 'message_file', type: 'image', belongs_to: 'assistant', url: 'https://files.example/1.png' },
        { event: 'message_file', type: 'image', belongs_to: 'user', url: 'https://files.example/2.png' },
        { event: 'message', answer: 'day', conversation_id: 'c-1' },
        END,
      ),
    ).toEqual({
      kind: 'said',
      answer: {
        replies: ['Good day', { text: '', media: { type: 'image', url: 'https://files.example/1.png' } }],
      },
      state: { conversationId: 'c-1' },
    });
  });

  it('may take back what it said', async () => {
    const events = [
      { event: 'message', answer: 'rude' },
      { event: 'message_replace', answer: 'polite' },
      END,
    ];
    expect(await streamed(...events)).toMatchObject({ answer: { replies: ['polite'] } });
  });

  it.each([
    [400, false],
    [429, true],
    [500, true],
  ])('that ends with an error of %i is tried again: %s', async (status, passing) => {
    const error = { event: 'error', status, code: 'c', message: 'quota' };
    expect(await streamed({ event: 'message', answer: 'Go' }, error)).toEqual({
      ...{ kind: 'failed', error: 'quota', passing },
    });
  });

  it('that is cut off is tried again, and its beginning is not sent', async () => {
    expect(await streamed({ event: 'message', answer: 'Go' })).toMatchObject({
      kind: 'failed',
      passing: true,
    });
  });

  it('that says nothing is not understood', async () => {
    expect(await streamed(END)).toEqual({ kind: 'odd' });
  });
});

it('an answer that comes as a whole is read too', async () => {
  expect(await reads(dify, { event: 'message', answer: 'Good day', conversation_id: 'c-2' })).toEqual({
    kind: 'said',
    answer: { replies: ['Good day'] },
    state: { conversationId: 'c-2' },
  });
});

it('a conversation that Dify does not know is told from a wrong address', () => {
  const answer = { status: 404, contentType: '' };
  const unknown = '{"code":"not_found","message":"Conversation Not Exists.","status":404}';
  expect(dify.isStateLost({ ...answer, text: unknown })).toBe(true);
  expect(dify.isStateLost({ ...answer, text: '<h1>Not Found</h1>' })).toBe(false);
});
