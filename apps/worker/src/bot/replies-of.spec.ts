import { REPLY_BOUNDS, repliesOf } from './replies-of';

const understood = (...replies: string[]): object => ({ replies, leftOut: 0, notUnderstood: null });

describe('what the bot says', () => {
  it('is one reply, or several in their order', () => {
    expect(repliesOf('{"reply":"one"}')).toEqual(understood('one'));
    expect(repliesOf('{"replies":["one","two"]}')).toEqual(understood('one', 'two'));
    expect(repliesOf('{"reply":"one","replies":["two"],"model":"m"}')).toEqual(understood('one', 'two'));
    expect(repliesOf('{"reply":["one","two"]}')).toEqual(understood('one', 'two'));
    expect(repliesOf('{"replies":"one"}')).toEqual(understood('one'));
  });

  it('may stand in a list, as workflow engines wrap it', () => {
    expect(repliesOf('[{"reply":"one"},{"replies":["two"]}]')).toEqual(understood('one', 'two'));
  });

  it.each(['\uFEFF{"reply":"one"}', '\n\n \r\n{"reply":"one"}\n', '\r\n\uFEFF {"reply":"one"}'])(
    'is read behind what stands before it: %j',
    (body) => expect(repliesOf(body)).toEqual(understood('one')),
  );

  it.each([
    ...['', ' \n', '\uFEFF', '{}', '[]', '[{}]', 'null', '{"reply":""}', '{"reply":" \\n"}'],
    ...['{"reply":null}', '{"replies":[]}', '{"replies":null,"reply":null}', '{"reply":null,"model":"m"}'],
  ])('is nothing, which is understood, where the answer is %j', (body) =>
    expect(repliesOf(body)).toEqual(understood()),
  );

  it.each([
    ...['{"output":"from an agent node"}', '{"ok":true}', '"text"', '42', 'true', '["one","two"]'],
    ...['{"reply":{"text":"no"}}', '{"replies":[{"text":"one"},{"text":"two"}]}'],
    ...['{"reply":42}', '[[{"reply":"one"}]]', '[{"output":"one"}]'],
  ])('is not understood where it is JSON of another shape: %s', (body) =>
    expect(repliesOf(body)).toEqual({ replies: [], leftOut: 0, notUnderstood: 'json' }),
  );

  it.each([
    ['Hello there', 'text'],
    ['{"reply": ', 'text'],
    ['ok', 'text'],
    ['\u001f\u008b\b\u0000', 'text'],
    ['<html><body>Please log in</body></html>', 'html'],
    ['\uFEFF\n<!DOCTYPE html>', 'html'],
    ['< 5 minutes', 'text'],
  ])('is not understood where it is no JSON: %j', (body, shape) =>
    expect(repliesOf(body)).toEqual({ replies: [], leftOut: 0, notUnderstood: shape }),
  );

  it('is said as far as it is understood', () => {
    expect(repliesOf('{"reply":"one","replies":["two",{"text":"three"}]}')).toEqual({
      replies: ['one', 'two'],
      leftOut: 0,
      notUnderstood: 'json',
    });
    expect(repliesOf('[{"reply":"one"},{"output":"two"}]')).toMatchObject({
      replies: ['one'],
      notUnderstood: 'json',
    });
  });

  it('is bounded in number and size, and what is left out is counted', () => {
    const many = Array.from({ length: REPLY_BOUNDS.count + 3 }, (_, i) => String(i));
    expect(repliesOf(JSON.stringify({ replies: many }))).toMatchObject({
      replies: many.slice(0, REPLY_BOUNDS.count),
      leftOut: 3,
    });
    const long = 'ы'.repeat(REPLY_BOUNDS.bytes / 4);
    expect(repliesOf(JSON.stringify({ replies: [long, long, 'one more'] }))).toMatchObject({
      replies: [long, long],
      leftOut: 1,
    });
  });
});
