import { REPLY_BOUNDS, repliesOf } from './replies-of';

const read = (...texts: string[]): object => ({
  ...{ replies: texts.map((text) => ({ text })), leftOut: 0 },
  ...{ needsFinal: false, commit: null, handover: false },
});
const understood = (...texts: string[]): object => ({ ...read(...texts), isUnderstood: true });
const notUnderstood = (...texts: string[]): object => ({ ...read(...texts), isUnderstood: false });

const PICTURE = { type: 'image', url: 'https://files.example/1.png' };
const BUTTONS = [{ id: 'yes', text: 'Yes' }];

describe('what the bot says', () => {
  it.each([
    [{ reply: 'one' }, ['one']],
    [{ replies: ['one', 'two'] }, ['one', 'two']],
    [{ reply: 'one', replies: ['two'], model: 'm' }, ['one', 'two']],
    [{ reply: ['one', 'two'] }, ['one', 'two']],
    [{ replies: 'one' }, ['one']],
    [{ replies: [{ text: 'one' }, { text: 'two' }] }, ['one', 'two']],
  ])('is one reply, or several in their order: %j', (answer, texts) => {
    expect(repliesOf(answer)).toEqual(understood(...texts));
  });

  it('may stand in a list, as workflow engines wrap it', () => {
    expect(repliesOf([{ reply: 'one' }, { replies: ['two'] }])).toEqual(understood('one', 'two'));
  });

  it('is none of it what the customer is told, where its commit is nested without end', () => {
    const nested = (levels: number): object =>
      Array.from({ length: levels - 1 }).reduce<object>((inner) => ({ inner }), {});
    const commit = nested(32);
    expect(repliesOf({ reply: 'booked', commit })).toEqual({ ...understood('booked'), commit });
    for (const levels of [33, 100_000])
      expect(repliesOf({ reply: 'booked', commit: nested(levels) })).toEqual(notUnderstood());
  });

  it('may leave the customer to humans, with words or without', () => {
    expect(repliesOf({ handover: true })).toEqual({ ...understood(), handover: true });
    expect(repliesOf([{ reply: 'one' }, { handover: true }])).toEqual({
      ...understood('one'),
      handover: true,
    });
    expect(repliesOf({ reply: 'one', handover: 'yes' })).toEqual(understood('one'));
  });

  it('may have a file, with or without words, and quick replies', () => {
    const replies = [
      { text: 'Look', media: PICTURE },
      { media: PICTURE },
      { text: 'Well?', buttons: BUTTONS },
    ];
    expect(repliesOf({ replies })).toEqual({
      replies: [replies[0], { text: '', media: PICTURE }, replies[2]],
      ...{ leftOut: 0, isUnderstood: true, needsFinal: false, commit: null, handover: false },
    });
  });

  it.each([
    ...[{}, [], [{}], null, { reply: '' }, { reply: ' \n' }, { reply: null }, { replies: [] }],
    ...[{ replies: null, reply: null }, { reply: null, model: 'm' }, { reply: { text: '' } }],
  ])('is nothing, which is understood, where the answer is %j', (answer) =>
    expect(repliesOf(answer)).toEqual(understood()),
  );

  it.each([
    ...[{ output: 'from an agent node' }, { ok: true }, 'text', 42, true, ['one', 'two']],
    ...[{ reply: 42 }, [[{ reply: 'one' }]], [{ output: 'one' }], { reply: { words: 'one' } }],
    ...[{ reply: { text: 'one', media: { type: 'image', url: 'file:///etc/passwd' } } }],
    ...[
      { reply: { text: 'one', buttons: ['Yes'] } },
      { reply: { media: { type: 'gif', url: 'https://a.b' } } },
    ],
  ])('is not understood where it has another shape: %j', (answer) =>
    expect(repliesOf(answer)).toEqual(notUnderstood()),
  );

  it('is said as far as it is understood', () => {
    expect(repliesOf({ reply: 'one', replies: ['two', { words: 'three' }] })).toEqual(
      notUnderstood('one', 'two'),
    );
    expect(repliesOf([{ reply: 'one' }, { output: 'two' }])).toEqual(notUnderstood('one'));
  });

  it('is bounded in number and size, and what is left out is counted', () => {
    const many = Array.from({ length: REPLY_BOUNDS.count + 3 }, (_, i) => String(i));
    expect(repliesOf({ replies: many })).toMatchObject({
      replies: many.slice(0, REPLY_BOUNDS.count).map((text) => ({ text })),
      leftOut: 3,
    });
    const long = 'ы'.repeat(REPLY_BOUNDS.bytes / 4);
    expect(repliesOf({ replies: [long, long, 'one more'] })).toMatchObject({
      replies: [{ text: long }, { text: long }],
      leftOut: 1,
    });
  });
});
