import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import { aDialect, reads } from '../testing/dialect';

const typebot = aDialect('typebot', { url: 'https://bots.example/viewer/api/v1/typebots/salon/startChat' });
const text = (markdown: string): object => ({ type: 'text', content: { type: 'markdown', markdown } });
const CHOICES = {
  type: 'choice input',
  items: [
    { id: 'i-1', content: 'Barbara' },
    { id: 'i-2', content: 'Bari' },
  ],
};

it('a session is continued where it was opened', async () => {
  const { url } = await typebot.call(aMergedMessage(), { sessionId: 's/1' });
  expect(url.href).toBe('https://bots.example/viewer/api/v1/sessions/s%2F1/continueChat');
});

describe('what a flow shows', () => {
  it('is its bubbles, with the choices at the last text', async () => {
    const picture = { type: 'image', content: { url: 'https://files.example/1.png' } };
    expect(
      await reads(typebot, {
        sessionId: 's-1',
        messages: [text('Hello'), picture, text('With whom?')],
        input: CHOICES,
      }),
    ).toEqual({
      kind: 'said',
      answer: [
        {
          replies: [
            'Hello',
            { text: '', media: { type: 'image', url: 'https://files.example/1.png' } },
            {
              text: 'With whom?',
              buttons: [
                { id: 'i-1', text: 'Barbara' },
                { id: 'i-2', text: 'Bari' },
              ],
            },
          ],
        },
      ],
      state: { sessionId: 's-1' },
    });
  });

  it('may be choices alone', async () => {
    expect(await reads(typebot, { sessionId: 's-1', messages: [], input: CHOICES })).toMatchObject({
      answer: [{ replies: ['Barbara', 'Bari'] }],
    });
  });

  it('keeps the session while it asks, and drops it when it has ended', async () => {
    const state = { sessionId: 's-1' };
    const asking = await reads(
      typebot,
      { messages: [text('When?')], input: { type: 'text input' } },
      { state },
    );
    expect(asking).toMatchObject({ state });
    expect(await reads(typebot, { messages: [text('Bye')] }, { state })).toMatchObject({ state: null });
  });

  it('is reported where nobody can read it, and the session goes on', async () => {
    const page = { type: 'custom-embed', content: { initFunction: {} } };
    const answer = { sessionId: 's-1', messages: [page], input: { type: 'text input' } };
    expect(await reads(typebot, answer)).toEqual({
      kind: 'said',
      answer: [{ replies: [] }, page],
      state: { sessionId: 's-1' },
    });
  });
});
