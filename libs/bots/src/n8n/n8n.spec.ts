import { aDialect, reads } from '../testing/dialect';

const n8n = aDialect('n8n');

describe('what a workflow answers', () => {
  it.each<[string, unknown, unknown]>([
    ['the object of an AI Agent', { output: 'one' }, [{ reply: 'one' }]],
    ['all items as a list', [{ output: 'one' }, { text: 'two' }], [{ reply: 'one' }, { reply: 'two' }]],
    ['our own words in a list', [{ reply: 'one' }], [{ reply: 'one' }]],
    ['what a structured output parser makes', { output: { reply: 'one' } }, [{ reply: 'one' }]],
    ['texts in a list', ['one', 'two'], [{ reply: 'one' }, { reply: 'two' }]],
    ['nothing', [], []],
    ['an item without anything', [{}], [{}]],
  ])('is read where it is %s', async (_, answer, expected) => {
    expect(await reads(n8n, answer)).toEqual({ kind: 'said', answer: expected });
  });

  it('is read where it is a text, which n8n calls HTML', async () => {
    const contentType = 'text/html; charset=utf-8';
    expect(await reads(n8n, 'Hello there', { contentType })).toEqual({
      kind: 'said',
      answer: { reply: 'Hello there' },
    });
    expect(await reads(n8n, '<!DOCTYPE html><p>Hello', { contentType })).toEqual({ kind: 'odd' });
  });

  it('is read where it comes in pieces', async () => {
    const line = (type: string, content?: string): string => JSON.stringify({ type, content, metadata: {} });
    const stream = [line('begin'), line('item', 'Hel'), line('item', 'lo'), line('end')].join('\n');
    expect(await reads(n8n, stream)).toEqual({ kind: 'said', answer: { reply: 'Hello' } });
    expect(await reads(n8n, [line('begin'), line('error', 'no model')].join('\n'))).toEqual({
      ...{ kind: 'failed', error: 'no model', passing: true },
    });
  });

  it('is not understood where the workflow was only started', async () => {
    expect(await reads(n8n, { message: 'Workflow was started' })).toEqual({ kind: 'odd' });
  });

  it('is read as far as it is understood; the rest stays as it is', async () => {
    expect(await reads(n8n, [{ output: 'one' }, { id: 7 }])).toEqual({
      kind: 'said',
      answer: [{ reply: 'one' }, { id: 7 }],
    });
  });
});
