import fc from 'fast-check';
import { inShort } from '../../../test/support/short-form';
import { inNotation } from './markdown/markdown';
import { WHATSAPP } from './notation';
import { split } from './split';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇷🇺';
const LINK = `https://salon.example/${'a'.repeat(30)}?b=ключ#c`;

const cut = (text: string, maxLength: number, byBlock = false): string[] =>
  split(inNotation(text, WHATSAPP), { maxLength, byBlock }).map((piece) => piece.text);

const words = (text: string): string => text.replace(/[\s*_~`]/g, '');

describe('a text that is too long for one message', () => {
  it.each([
    ['between paragraphs', 'One. Two.\n\nThree. Four.', 15, ['One. Two.', 'Three. Four.']],
    ['between lines', 'one two\nthree four', 12, ['one two', 'three four']],
    [
      'between sentences',
      'One two three. Four five. Six seven.',
      26,
      ['One two three. Four five.', 'Six seven.'],
    ],
    [
      'between sentences without spaces',
      '今日は晴れです。明日は雨です。',
      9,
      ['今日は晴れです。', '明日は雨です。'],
    ],
    ['between words', 'one two three four', 9, ['one two', 'three', 'four']],
    ['in a word that is longer than a message', 'abcdefgh', 3, ['abc', 'def', 'gh']],
    ['with its bold on both sides', '**one two three**', 10, ['*one two*', '*three*']],
    [
      'with its code on both sides',
      '```\n  aaaa\n  bbbb\n  cccc\n```',
      22,
      ['```\n  aaaa\n  bbbb\n```', '```\n  cccc\n```'],
    ],
  ])('is cut %s', (_, text, max, expected) => expect(cut(text, max)).toEqual(expected));

  it.each([
    ['in a line', 'one two three four five six, run `npm run build -- --watch` now', 45],
    ['of several lines', 'Run:\n```\nconst a = 1;\nconst b = 2;\nconst c = 3;\n```', 48],
  ])('is not cut in code %s that fits into a message', (_, text, max) => {
    const [code = ''] = /`.*`/s.exec(text) ?? [];
    const pieces = cut(text, max);
    expect([pieces.length, pieces.filter((piece) => piece.includes(code)).length]).toEqual([2, 1]);
    // The control: of the same words without the marks, the first message has room for some.
    expect(cut(text.replaceAll('`', ''), max)[0]).toMatch(/npm|const/);
  });

  it('is cut at a sentence where a paragraph would be a message of a few words', () => {
    const text = `Yes.\n\n${'One two three. '.repeat(5)}`;
    expect(cut(text, 40)[0]).toBe('Yes.\n\nOne two three. One two three.');
  });

  it('does not leave a heading alone at the end of a message', () => {
    expect(cut(`${'a '.repeat(20)}\n\n# Prices\n\nb b b b b b`, 60).at(-1)).toBe('*Prices*\n\nb b b b b b');
  });

  it.each([FAMILY, FLAG, '👍🏽', 'é'.normalize('NFD')])('is not cut in %s', (character) => {
    const pieces = cut(character.repeat(40), 25);
    expect(pieces.join('')).toBe(character.repeat(40));
    for (const piece of pieces) expect(piece.length % character.length).toBe(0);
  });

  it.each(['- ', '1. ', '> ', '  - '])(
    'leaves no sign of a line alone at the end of a message: %j',
    (sign) => {
      // The line ends just too soon for a break, and its neighbour's sign does not.
      const line = Array.from({ length: 11 }, () => 'b').join(' ');
      expect(cut(`${line}\n${sign}${LINK} c`, LINK.length + 8)).toEqual([line, `${sign}${LINK} c`]);
    },
  );

  it('keeps white space if it fits', () => expect(cut('\n a \n\n', 20)).toEqual(['\n a \n\n']));

  it('arrives whole, in order and within the limit, with no link and no emoji cut', () => {
    const part = fc.oneof(
      fc.constantFrom(FAMILY, FLAG, `${LINK} `, 'é'.normalize('NFD'), '❤️', '👍🏽', '今日は。'),
      fc.constantFrom('**', '*', '`', '~~', '\n\n', '\n', ' ', '. ', '- ', '# ', '> ', '```\n', '|'),
      fc.stringMatching(/^[a-zа-я]{1,12}$/),
    );
    const text = fc.array(part, { maxLength: 200 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 120, max: 400 }), fc.boolean(), (markdown, max, byBlock) => {
        const shaped = inNotation(markdown, WHATSAPP).text;
        const pieces = cut(markdown, max, byBlock);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(max);
        expect(words(pieces.join(''))).toBe(words(shaped));
        const count = (whole: string, what: string): number => whole.split(what).length;
        for (const what of [FAMILY, LINK]) expect(count(pieces.join('\n'), what)).toBe(count(shaped, what));
      }),
      { numRuns: inShort(500) },
    );
  });
});

it('a text is cut by its bytes where the channel counts those, whatever its letters', () => {
  const text = [FAMILY, '今日は', 'ключ', 'key', 'é'].map((word) => `${word} `.repeat(60)).join('\n');
  const limits = { maxLength: 400, maxBytes: 400, byBlock: false };
  const pieces = split({ text, blocks: [], spans: [] }, limits).map((piece) => piece.text);
  expect(Math.max(...pieces.map((piece) => Buffer.byteLength(piece)))).toBeLessThanOrEqual(400);
  expect(words(pieces.join(''))).toBe(words(text));
  expect(Math.max(...pieces.map(({ length }) => length))).toBeGreaterThan(200);
});

describe('a message for each block', () => {
  it('is a paragraph, a list with its introduction, a heading with its text', () => {
    const text = 'Hello!\n\nWe have:\n\n- a\n- b\n\n# Prices\n\nc\n\n```\nd\n\ne\n```';
    expect(cut(text, 100, true)).toEqual([
      'Hello!',
      'We have:\n\n- a\n- b',
      '*Prices*\n\nc',
      '```\nd\n\ne\n```',
    ]);
  });

  it('are twelve at the most; the last has the rest', () => {
    const pieces = cut(Array.from({ length: 20 }, (_, i) => `p${i}`).join('\n\n'), 100, true);
    expect([pieces.length, pieces.at(-1)]).toEqual([
      12,
      'p11\n\np12\n\np13\n\np14\n\np15\n\np16\n\np17\n\np18\n\np19',
    ]);
  });
});
