import { aDialect, reads } from '../testing/dialect';

const flowise = aDialect('flowise');

it.each<[string, object]>([
  ['its text', { text: 'good day', chatId: 'c' }],
  ['a structured output', { text: '', json: { reply: 'good day' } }],
])('a flow is read by %s', async (_, answer) => {
  expect(await reads(flowise, answer)).toEqual({ kind: 'said', answer: { replies: ['good day'] } });
});

it('a flow that ends without a text is not understood', async () => {
  expect(await reads(flowise, { text: '', json: { rating: 5 } })).toEqual({ kind: 'odd' });
});
