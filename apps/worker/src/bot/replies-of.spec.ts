import { REPLY_BOUNDS, repliesOf } from './replies-of';

const said = (answer: unknown): string[] => repliesOf(JSON.stringify(answer)).replies;

describe('what the bot says', () => {
  it('is one reply, or several in their order', () => {
    expect(said({ reply: 'one' })).toEqual(['one']);
    expect(said({ replies: ['one', 'two'] })).toEqual(['one', 'two']);
    expect(said({ reply: 'one', replies: ['two'] })).toEqual(['one', 'two']);
  });

  it.each([
    {},
    null,
    'text',
    [],
    42,
    { reply: '' },
    { reply: ' \n' },
    { reply: null },
    { reply: { text: 'no' } },
    { replies: 'no' },
    { replies: [1, null, ['no']] },
  ])('is nothing where the answer is %j', (answer) => expect(said(answer)).toEqual([]));

  it.each(['', 'ok', '<html>', '{"reply": '])('is nothing where the answer is no JSON: “%s”', (body) =>
    expect(repliesOf(body)).toEqual({ replies: [], leftOut: 0 }),
  );

  it('is bounded in number and size, and what is left out is counted', () => {
    const many = Array.from({ length: REPLY_BOUNDS.count + 3 }, (_, i) => String(i));
    expect(repliesOf(JSON.stringify({ replies: many }))).toEqual({
      replies: many.slice(0, REPLY_BOUNDS.count),
      leftOut: 3,
    });
    const long = 'ы'.repeat(REPLY_BOUNDS.bytes / 4);
    expect(repliesOf(JSON.stringify({ replies: [long, long, 'one more'] }))).toEqual({
      replies: [long, long],
      leftOut: 1,
    });
  });
});
