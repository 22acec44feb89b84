import { fileTypeOf, isFileText } from './file-text';

const JPEG = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wCE';
const BASE64 = 'a1B2'.repeat(64);
const CARD = 'BEGIN:VCARD\nFN:Bari\nEND:VCARD';

describe('a file where a text would be', () => {
  it.each([
    ['a thumbnail', JPEG, 'image'],
    ['a picture as a data URI', `data:image/png;base64,${BASE64}`, 'image'],
    ['a voice note', `T2dnUw${BASE64}`, 'audio'],
    ['a film', `AAAAIGZ0eX${BASE64}`, 'video'],
    ['a card', CARD, 'contacts'],
    ['any long base64', BASE64, 'document'],
    ['base64 wrapped as in a mail', `${'a1B2'.repeat(19)}\r\n`.repeat(9) + 'a1B2==', 'document'],
  ])('%s is one', (_, text, type) => {
    expect([isFileText(text), fileTypeOf(text)]).toEqual([true, type]);
  });

  it.each([
    ['laughter', 'k'.repeat(400)],
    ['more laughter', 'haHA'.repeat(100)],
    ['a list of names', 'Ana\nBob\nCarla\n'.repeat(40)],
    ['a code', 'AB12-CD34'],
    ['words', 'Здравствуйте, можно записаться?'],
  ])('%s is none', (_, text) => {
    expect(isFileText(text)).toBe(false);
  });
});
