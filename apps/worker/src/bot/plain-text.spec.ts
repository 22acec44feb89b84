import { plainText } from './plain-text';

it.each([
  [{ text: 'Hello' }, 'Hello'],
  [
    { text: '', media: { type: 'image', url: 'https://files.example/1.png' } } as const,
    'https://files.example/1.png',
  ],
  [
    {
      text: 'Well?',
      buttons: [
        { id: '1', text: 'Yes' },
        { id: '2', text: 'No' },
      ],
    },
    'Well?\n• Yes\n• No',
  ],
])('%j is said as a text', (reply, text) => expect(plainText(reply)).toBe(text));
