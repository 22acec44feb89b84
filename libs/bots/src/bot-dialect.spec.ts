import { aMergedMessage } from '../../../test/support/bots/merged-message';
import { type About, aDialect, reads } from './testing/dialect';

const templated = (template: About['template'], about: About = {}): ReturnType<typeof aDialect> =>
  aDialect('rapid-fire', { key: 'the-key', model: 'm', ...about, template: template ?? {} });

describe('a bot that is described by expressions alone', () => {
  const dialect = templated({
    headers: '{"X-Api-Key": $key, "x-company": companyId, "x-none": null}',
    body: '{"q": text, "user": conversationId, "thread": $state.thread, "files": messages[type="image"].media.url}',
    reply: 'answers.(kind = "link" ? {"text": "", "media": {"type": "image", "url": words}} : words)',
    state: '{"thread": thread}',
  });

  it('is called as they say', async () => {
    const call = await dialect.call(aMergedMessage({ companyId: 7 }), { thread: 't-1' });
    expect(call.headers).toEqual({
      authorization: 'Bearer the-key',
      'x-api-key': 'the-key',
      'x-company': '7',
    });
    expect(call.body).toEqual({ q: 'hello', user: '79001234567', thread: 't-1' });
    expect((await dialect.call(aMergedMessage(), null)).body).toEqual({ q: 'hello', user: '79001234567' });
  });

  it('is read as they say', async () => {
    const answers = [{ words: 'one' }, { kind: 'link', words: 'https://files.example/1.png' }];
    expect(await reads(dialect, { thread: 't-2', answers })).toEqual({
      kind: 'said',
      answer: [
        { reply: 'one' },
        { reply: { text: '', media: { type: 'image', url: 'https://files.example/1.png' } } },
      ],
      state: { thread: 't-2' },
    });
  });

  it('is not understood where they find nothing', async () => {
    expect(await reads(dialect, { thread: 't-2' })).toEqual({ kind: 'odd' });
  });
});

describe('an expression', () => {
  it('sees the preset’s own body and headers, and may add to them', async () => {
    const body = '$merge([$body, {"temperature": 0}])';
    const openai = aDialect('openai', {
      url: 'http://b.example/v1/responses',
      model: 'm',
      template: { body },
    });
    expect((await openai.call(aMergedMessage(), null)).body).toEqual({
      ...{ model: 'm', input: 'hello', store: true, temperature: 0 },
    });
  });

  it('may put the address of a late reply into the body', async () => {
    const dialect = templated({ body: '{"q": text, "callback": $replyUrl}' });
    const url = 'https://rapid-fire.example/replies/b-1?token=x';
    expect((await dialect.call(aMergedMessage(), null, url)).body).toEqual({ q: 'hello', callback: url });
    expect((await dialect.call(aMergedMessage(), null)).body).toEqual({ q: 'hello', callback: null });
  });

  it('leaves what the preset keeps, if only the reply is read by it', async () => {
    const template = { reply: '$uppercase(answer)' };
    expect(
      await reads(aDialect('dify', { template }), { event: 'message', answer: 'hi', conversation_id: 'c-1' }),
    ).toEqual({
      kind: 'said',
      answer: [{ reply: 'HI' }],
      state: { conversationId: 'c-1' },
    });
  });

  it.each<[string, unknown, unknown]>([
    [
      '$join($[event = "word"].data)',
      'event: word\ndata: {"data":"a"}\n\nevent: word\ndata: {"data":"b"}\n\n',
      'ab',
    ],
    ['$join(piece)', '{"piece":"a"}\n{"piece":"b"}', 'ab'],
    ['$', 'just words', 'just words'],
    ['$status & ""', {}, '200'],
    ['"to " & $message.phone', {}, 'to 79001234567'],
  ])('%s reads %j', async (reply, answer, expected) => {
    expect(await reads(templated({ reply }), answer)).toEqual({
      kind: 'said',
      answer: [{ reply: expected }],
    });
  });

  it('may answer in the words of our own contract', async () => {
    const dialect = templated({ reply: '{"replies": texts, "needsFinal": draft}' });
    expect(await reads(dialect, { texts: ['one', 'two'], draft: true })).toEqual({
      kind: 'said',
      answer: [{ replies: ['one', 'two'], needsFinal: true }],
    });
  });

  it('may say that there is nothing to say, and that nothing is kept any more', async () => {
    expect(await reads(templated({ reply: 'null', state: 'null' }), { done: true })).toEqual({
      kind: 'said',
      answer: [{ reply: null }],
      state: null,
    });
  });

  it.each<[About['template'], string]>([
    [{ body: '$number(text)' }, 'BOT_BODY fails: D3030 at character 8'],
    [{ headers: '$number(text)' }, 'BOT_HEADERS fails: D3030 at character 8'],
    [{ body: '($f := function($n) { $f($n + 1) }; $f(1))' }, 'BOT_BODY fails: D1012'],
    [{ body: 'text' }, 'BOT_BODY gives neither an object nor a list'],
    [{ headers: 'text' }, 'BOT_HEADERS gives no object'],
  ])('that fails, %j, says which and where, and nothing of what was said', async (template, expected) => {
    const error = await templated(template)
      .call(aMergedMessage({ text: 'secret words' }), null)
      .catch((thrown: unknown) => String(thrown));
    expect(error).toContain(expected);
    expect(error).not.toContain('secret');
  });
});
