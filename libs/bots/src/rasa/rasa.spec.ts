import { aDialect, reads } from '../testing/dialect';

const rasa = aDialect('rasa');
const to = { recipient_id: '79001234567' };

describe('what Rasa answers', () => {
  it('is its texts, choices, pictures and files, in order', async () => {
    const buttons = [{ title: 'Yes', payload: '/affirm' }, { title: 'No' }];
    expect(
      await reads(rasa, [
        { ...to, text: 'Hello' },
        { ...to, text: 'Shall I?', buttons },
        { ...to, image: 'https://files.example/1.png' },
        { ...to, attachment: { type: 'video', payload: { src: 'https://files.example/1.mp4' } } },
      ]),
    ).toEqual({
      kind: 'said',
      answer: [
        { replies: ['Hello'] },
        {
          replies: [
            {
              text: 'Shall I?',
              buttons: [
                { id: '/affirm', text: 'Yes' },
                { id: 'No', text: 'No' },
              ],
            },
          ],
        },
        { replies: [{ text: '', media: { type: 'image', url: 'https://files.example/1.png' } }] },
        { replies: [{ text: '', media: { type: 'document', url: 'https://files.example/1.mp4' } }] },
      ],
    });
  });

  it('is nothing where the list is empty', async () => {
    expect(await reads(rasa, [])).toEqual({ kind: 'said', answer: [] });
  });

  it('stays as it is where only a channel of its own could show it', async () => {
    const custom = { ...to, custom: { type: 'location' } };
    expect(await reads(rasa, [{ ...to, text: 'Here' }, custom])).toEqual({
      kind: 'said',
      answer: [{ replies: ['Here'] }, custom],
    });
  });

  it.each([{ text: 'no list' }, ['texts']])('is not understood as %j', async (answer) => {
    expect(await reads(rasa, answer)).toEqual({ kind: 'odd' });
  });
});
