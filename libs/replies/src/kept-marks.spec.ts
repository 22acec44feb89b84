import fc from 'fast-check';
import { inShort } from '../../../test/support/short-form';
import { inNotation } from './markdown/markdown';
import { type Node, parseMarkdown, wordsOf } from './markdown/parser';
import { PLAIN, STYLED, WHATSAPP } from './notation';
import { split } from './split';

const LINK = '[the price list](https://salon.example/p?a=1)';

/** As a channel gets it that reads Markdown itself. */
const kept = (text: string, maxLength: number): string[] =>
  split(inNotation(text, null), { maxLength, byBlock: false }).map((piece) => piece.text);
const inChat = (text: string, maxLength: number, readsMarkdown = true): string[] =>
  split(inNotation(text, WHATSAPP, readsMarkdown), { maxLength, byBlock: false }).map((piece) => piece.text);

describe('Markdown that its channel reads itself', () => {
  it.each([
    ['bold', '**one two three**', 12, ['**one two**', '**three**']],
    ['italics', '_one two three_', 10, ['_one two_', '_three_']],
    ['bold in italics', '*one **two three***', 14, ['*one **two***', '***three***']],
    ['strikethrough', '~~one two three~~', 12, ['~~one two~~', '~~three~~']],
    ['code longer than a message', '`one two three four`', 10, ['`one two`', '`three`', '`four`']],
    [
      'a link longer than a message',
      '[one two](http://a.example)',
      26,
      ['[one](http://a.example)', '[two](http://a.example)'],
    ],
    ['bold behind an escape', '\\*a **one two** &lt;', 13, ['\\*a **one**', '**two** &lt;']],
    ['bold of two lines', '**one\ntwo**', 8, ['**one**', '**two**']],
    ['bold in a quotation', '> **one two three**', 14, ['> **one two**', '**three**']],
    ['bold in a list', '- a\n  - **one two three**', 20, ['- a\n  - **one two**', '**three**']],
    ['bold in a heading', '## **one two three**', 15, ['## **one two**', '**three**']],
    [
      'code in a list',
      '- a\n  ```\n  one\n  two\n  ```',
      22,
      ['- a\n  ```\n  one\n```', '```\n  two\n  ```'],
    ],
  ])('is cut in %s with its marks on both sides', (_, text, max, expected) =>
    expect(kept(text, max)).toEqual(expected),
  );

  it.each([
    LINK,
    `<https://salon.example/price>`,
    '![the salon](https://salon.example/p.png)',
    '`npm run build`',
  ])('is not cut in %s if that fits into a message', (whole) => {
    const pieces = kept(`one two three ${whole} four five six`, whole.length + 8);
    expect(pieces.filter((piece) => piece.includes(whole))).toHaveLength(1);
  });

  it('means the same in pieces as it did whole', () => {
    const word = fc.constantFrom('a', 'price', 'ключ', '9', '👍🏽', '\\*', '&amp;', 'a_b_c');
    const words = fc.array(word, { minLength: 1, maxLength: 8 }).map((all) => all.join(' '));
    const marked = fc
      .tuple(fc.constantFrom('**', '_', '~~', '`', '***', ''), words)
      .map(([mark, text]) => `${mark}${mark === '`' ? text.replaceAll('\\', '') : text}${mark}`);
    const sentence = fc.array(fc.oneof(marked, fc.constant(LINK)), { minLength: 1, maxLength: 6 });
    const text = fc.array(
      sentence.map((all) => all.join(' ')),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('\n\n', '\n', '\n- '),
        fc.integer({ min: 70, max: 200 }),
        (all, between, max) => {
          const whole = all.join(between);
          const pieces = kept(whole, max);
          for (const { length } of pieces) expect(length).toBeLessThanOrEqual(max);
          expect(styledWords(pieces.join('\n\n'))).toEqual(styledWords(whole));
        },
      ),
      { numRuns: inShort(100) },
    );
  });
});

describe("a chat's own marks, which a bot has written", () => {
  it.each([
    ['bold', '*one two three*', 10, ['*one two*', '*three*']],
    ['italics in bold', '*_one two three_*', 12, ['*_one two_*', '*_three_*']],
    ['strikethrough', '~one two three~', 10, ['~one two~', '~three~']],
    ['code longer than a message', '`one two three`', 10, ['`one two`', '`three`']],
    ['no bold: signs within words, and between spaces', '2*3 and 4*5 * 6', 9, ['2*3 and', '4*5 * 6']],
    ['no bold: a line each', '*one\ntwo*', 6, ['*one', 'two*']],
    ['no bold: code', '```\n*one two*\n```', 16, ['```\n*one\n```', '```\ntwo*\n```']],
  ])('stand on both sides of a cut: %s', (_, text, max, expected) =>
    expect(inChat(text, max)).toEqual(expected),
  );

  it('stand there too where texts are not read as Markdown', () => {
    expect(inChat('*one two three* **four**', 10, false)).toEqual(['*one two*', '*three*', '**four**']);
  });

  it.each([PLAIN, STYLED])('are characters like others in a channel that has none', (notation) => {
    const pieces = split(inNotation('*one two three*', notation), { maxLength: 10, byBlock: false });
    expect(pieces).toEqual([{ text: '*one two' }, { text: 'three*' }]);
  });

  it('are looked for in no time, whatever a bot writes', () => {
    for (const part of [
      '*a ',
      '*a* ',
      '*',
      '_a*',
      '`a ',
      '*_~a',
      '```\n*a*\n```\n',
      '**a',
      '[a](',
      '&a',
      'www.a/_b',
      'a.bc/*d_',
      '@_a',
    ])
      for (const notation of [WHATSAPP, null]) {
        const startMs = performance.now();
        inNotation(part.repeat(32_768 / part.length), notation);
        expect(performance.now() - startMs).toBeLessThan(5_000);
      }
  });
});

/** The words, each with the styles that it is shown in. */
function styledWords(markdown: string): string[] {
  const of = (nodes: readonly Node[], styles: string): string[] =>
    nodes.flatMap((node) => {
      const { kind, children } = node;
      if (['strong', 'em', 's', 'link'].includes(kind)) return of(children, `${styles} ${kind}`);
      if (children.length > 0) return of(children, styles);
      const style = kind === 'code_inline' ? `${styles} code` : styles;
      return wordsOf(node)
        .split(/\s+/)
        .filter((word) => word !== '')
        .map((word) => `${word}${[...new Set(style.split(' '))].sort().join(' ')}`);
    });
  return of(parseMarkdown(markdown), '');
}
