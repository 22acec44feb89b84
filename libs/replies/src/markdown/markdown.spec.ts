import { PLAIN, STYLED, WHATSAPP } from '../notation';
import { inNotation } from './markdown';

const whatsApp = (markdown: string): string => inNotation(markdown, WHATSAPP).text;

describe('Markdown in WhatsApp’s notation', () => {
  it.each([
    ['bold', 'a **b** c', 'a *b* c'],
    ['bold, the other way', '__b__ c', '*b* c'],
    ['italics, next to bold', '**a** *b* _c_', '*a* _b_ _c_'],
    ['bold italics', '***a***', '_*a*_'],
    ['bold inside bold', '**a __b__ c**', '*a b c*'],
    ['strikethrough', '~~100~~ 90', '~100~ 90'],
    ['marks inside a word, which chats show', 'un**believ**able', 'unbelievable'],
    ['bold over two lines, which chats do not show', '**a\nb**', '*a*\n*b*'],
    ['a heading', '## Prices ##\ntext', '*Prices*\ntext'],
    ['bold inside a heading', '# All **new**', '*All new*'],
    [
      'a link',
      'see [our page](https://salon.example/a?b=1 "Title")',
      'see our page (https://salon.example/a?b=1)',
    ],
    ['a link that is its own label', '[salon.example](https://salon.example/)', 'salon.example'],
    ['a link without a label', '**a** [](https://salon.example)', '*a* https://salon.example'],
    ['an address in angle brackets', '<https://salon.example>', 'https://salon.example'],
    ['an e-mail address', '[write](mailto:a@salon.example)', 'write (a@salon.example)'],
    ['an image', '![Plan](https://salon.example/p.png)', 'Plan (https://salon.example/p.png)'],
    ['an image without a description', '![](https://salon.example/p.png)', 'https://salon.example/p.png'],
    ['code, as it is', '**a** `b*c*`', '*a* `b*c*`'],
    ['a block of code, without its language', '```js\na = **b**\n```\nend', '```\na = **b**\n```\nend'],
    ['a block of code without an end', '~~~\na', '```\na\n```'],
    ['a list', '- **a**\n- b\n  1. c **d**\n\n- e', '- *a*\n- b\n  1. c *d*\n\n- e'],
    ['a quotation', '> a **b**\n> c', '> a *b*\n> c'],
    ['an escape', '**a** 2 \\* 3', '*a* 2 * 3'],
    [
      'a table of two columns',
      '| a | b |\n|---|---|\n| c | **d** |\n| e | f |\n',
      '*a: b*\n- c: *d*\n- e: f\n',
    ],
    [
      'a table of more columns',
      'x\n\n|a|b|c|\n|-|-|-|\n|1|2|3<br>4|\n|5||6|',
      'x\n\n*a: 1*\nb: 2\nc: 3\n4\n\n*a: 5*\nb\nc: 6',
    ],
    ['sums', '**Total:** 2*500 + 3*700 = 3100', '*Total:* 2*500 + 3*700 = 3100'],
    ['powers', '2**10 = 1024, 2**3 = 8', '2**10 = 1024, 2**3 = 8'],
    ['squares', 'x**2 + y**2, **so**', 'x**2 + y**2, *so*'],
    ['bold in a word', '**1000**руб., за**пись**', '1000руб., запись'],
    ['an old price at a new one', '**Now** ~~1000~~800', '*Now* ~~1000~~800'],
    [
      'a table whose rows have more cells than it has columns',
      '> |a|b|\n> |-|-|\n> |1|2|**3**|\n> 4 | `5 || 6` | \\| 7 |\n> |8|9| |',
      '> *a: b*\n> - 1: 2: *3*\n> - 4: `5: 6` | | 7\n> - 8: 9',
    ],
    ['a table in a list', '> 1. |a|b|\n>    |-|-|\n>    |1|2|\n> 2. c', '> 1. *a: b*\n>    - 1: 2\n> 2. c'],
    ['the same of more columns', '|a|b|c|\n|-|-|-|\n|1|2|3|4|', '*a: 1*\nb: 2\nc: 3\n4'],
  ])('writes %s', (_, markdown, expected) => expect(whatsApp(markdown)).toBe(expected));

  it.each([
    'Цена: 2 * 3 * 4 = 24 ₽, скидка ~10%',
    '*Важно*: _завтра_ в 18:00',
    '¯\\_(ツ)_/¯ &amp; C:\\*',
    '+ 7 900 123-45-67\n* one\n\n\n   two  \n',
    'Total\n-----\n100\r\n=====\r\n\r\n#1 and list[1](all)\r',
    '    four spaces\n\n\ttab',
    '> quoted\n```\ncode **b**\n```',
    '[1]: https://salon.example',
    '\n\n a <b>c</b> <br>',
  ])('leaves %j as it is, byte for byte', (text) => expect(whatsApp(text)).toBe(text));

  it.each([
    'https://t.me/_salon_',
    'https://instagram.com/__salon__/ and instagram.com/__salon__.',
    'www.salon.example/~~a~~/_b_?c=*d*&e=f',
    '@_salon_, @__salon__ #_sale_',
  ])('keeps the signs of an address: %s', (text) => {
    expect(whatsApp(`**Here:** ${text}`)).toBe(`*Here:* ${text}`);
    for (const notation of [PLAIN, STYLED])
      expect(inNotation(`**Here:** ${text}`, notation).text).toBe(`Here: ${text}`);
  });

  it.each([
    ['**https://salon.example/a_b_c**', '*https://salon.example/a_b_c*'],
    ['**Site: https://salon.example/_a_/**', '*Site: https://salon.example/_a_/*'],
    ['**_Site: https://salon.example/a_**', '*_Site: https://salon.example/a_*'],
    ['**_@salon_**', '*_@salon_*'],
    ['**@_salon_**', '*@_salon_*'],
    ['[**https://t.me/_a_**](https://t.me/_a_)', '*https://t.me/_a_*'],
    ['[here](https://t.me/_a_)**!**', 'here (https://t.me/_a_)*!*'],
  ])('reads emphasis around an address, and behind it: %s', (text, expected) =>
    expect(whatsApp(text)).toBe(expected),
  );

  it('leaves every paragraph as it is that needs no change', () => {
    const text = 'a  \r\nb\r\n\r\n\r\n* c **d**\r\n---\r\ne';
    expect(whatsApp(text)).toBe(text.replace('**d**', '*d*'));
  });

  it('leaves the words alone where a channel shows no formatting', () => {
    expect(inNotation('**Total:** 2*500 + 3*700', PLAIN).text).toBe('Total: 2*500 + 3*700');
    expect(inNotation('**Total:** 2*500 + 3*700', STYLED).text).toBe('Total: 2*500 + 3*700');
    expect(inNotation('# A\n\n**b** `c` ~~d~~\n\n```js\ne\n```\n', PLAIN).text).toBe('A\n\nb c d\n\ne\n');
  });

  it('finds the blocks; a list belongs to the paragraph before it, a heading to what follows', () => {
    const { text, blocks } = inNotation('a:\n\n- b\n- c\n\n# D\n\ne\n\n---\n\nf', WHATSAPP);
    expect(blocks.map((at) => text.slice(at, at + 3))).toEqual(['*D*', 'f']);
  });
});
