import fc from 'fast-check';
import {
  type ChannelRules,
  type RichMessage,
  shapeReply,
  type StyledRange,
  withoutStyles,
} from '@app/replies';
import { expectLinear } from '../../../test/support/growth';
import { inShort, IS_SHORT } from '../../../test/support/short-form';
import { htmlOf } from './max/max.html';
import { maxSender } from './max/max.sender';
import type { ReplyTarget } from './sender';
import { telegramSender } from './telegram/telegram.sender';

const TARGET: ReplyTarget = { account: null, chatId: '700000001', isGroup: false, messageId: null };
const OPTIONS = { byBlock: false, readsMarkdown: true };
const STYLES = { b: 'bold', i: 'italic', s: 'strike', code: 'code', pre: 'codeBlock', a: 'link' } as const;
const CHARACTERS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Reads what MAX may be sent, and throws at anything else; a browser's parser would mend it. */
function readHtml(html: string): RichMessage {
  const styles: StyledRange[] = [];
  const open: { tag: string; href: string | undefined; start: number }[] = [];
  let text = '';
  const token =
    /<(\/?)(b|i|s|code|pre|a(?=>))>|<a href="((?:[^<>&"]|&(?:lt|gt|amp);)*)">|(&(?:lt|gt|amp);)|([^<>&])/gy;
  while (token.lastIndex < html.length) {
    const at = token.lastIndex;
    const [whole, slash, tag, href, escape, character = ''] = token.exec(html) ?? [];
    if (whole === undefined) throw new Error(`no HTML at ${at}: ${html}`);
    if (href !== undefined) open.push({ tag: 'a', href: unescaped(href), start: text.length });
    else if (tag === undefined) text += escape === undefined ? character : (CHARACTERS[escape] ?? '');
    else if (slash === '' && tag !== 'a') open.push({ tag, href: undefined, start: text.length });
    else {
      const begun = open.pop();
      if (begun?.tag !== tag) throw new Error(`</${tag}> at ${at} ends nothing: ${html}`);
      const style = STYLES[tag as keyof typeof STYLES];
      const { href: address, start } = begun;
      styles.push({ style, start, end: text.length, ...(address !== undefined && { address }) });
    }
  }
  if (open.length > 0) throw new Error(`no end: ${html}`);
  return { text, styles };
}

function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|amp);/g, (escape) => CHARACTERS[escape] ?? '');
}

/** The same list, whichever of two equal ranges is the outer one. */
const sorted = (styles: readonly StyledRange[] = []): string[] =>
  styles.map(({ style, start, end, address = '' }) => `${start} ${end} ${style} ${address}`).sort();

function messagesOf(markdown: string, rules: ChannelRules, maxLength: number): RichMessage[] {
  const messages = shapeReply({ text: markdown }, { ...rules, text: { ...rules.text, maxLength } }, OPTIONS);
  return messages.map((message) => (typeof message === 'string' ? { text: message } : message));
}

const PARTS = fc.oneof(
  fc.constantFrom(
    '**',
    '__',
    '*',
    '_',
    '`',
    '``',
    '~~',
    '\n\n',
    '\n',
    ' ',
    '. ',
    '- ',
    '# ',
    '> ',
    '```\n',
    '|',
  ),
  fc.constantFrom(
    '<b>',
    '</pre>',
    '&amp;',
    '&',
    '<',
    '>',
    '"',
    '👨‍👩‍👧‍👦',
    '[a](https://salon.example/?a=1&b=<2>)',
    '[a **b** c](https://salon.example)',
    '\\*',
  ),
  fc.stringMatching(/^[a-zа-я]{1,12}$/),
);
/** Stretches that are longer than a message, with code in them. */
const STRETCHES = fc
  .tuple(
    fc.constantFrom(['**', '**'], ['_', '_'], ['~~', '~~'], ['**_', '_**'], ['`', '`']),
    fc.integer({ min: 5, max: 40 }),
  )
  .map(([[open, close], words]) => {
    const content = `${'слово & '.repeat(words)}${open === '`' ? '' : '`a<b` '}${'word '.repeat(words)}end`;
    return ` ${open}${content}${close} `;
  });
const MARKDOWN = fc
  .array(fc.oneof({ weight: 9, arbitrary: PARTS }, { weight: 1, arbitrary: STRETCHES }), { maxLength: 120 })
  .map((parts) => `**a** ${parts.join('')}`);
const LENGTH = fc.integer({ min: 100, max: 400 });

const isCode = ({ style }: StyledRange): boolean => style.startsWith('code');

function areInOrder(a: StyledRange, b: StyledRange): boolean {
  if (a.end <= b.start || b.end <= a.start) return true;
  const isInside = (inner: StyledRange, outer: StyledRange): boolean =>
    outer.start <= inner.start && inner.end <= outer.end;
  return !isCode(a) && !isCode(b) && (isInside(a, b) || isInside(b, a));
}

/** The letters that are shown in each style; what is dropped at a cut is white space. */
function shownIn(messages: readonly RichMessage[]): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const { text, styles = [] } of messages)
    for (const { style, start, end } of styles)
      shown[style] = `${shown[style] ?? ''}${text.slice(start, end).replace(/\s/g, '')}`;
  return shown;
}

describe('a reply in a channel that takes styles', () => {
  it('is text with entities for Telegram', () => {
    const [message = { text: '' }] = messagesOf(
      '**Price**: `a<b` & ~~9~~\n\n```js\n1 > 0\n```',
      telegramSender.channel,
      4_096,
    );
    expect(telegramSender.reply(TARGET, message, 't')?.body).toMatchObject({
      text: 'Price: a<b & 9\n\n1 > 0',
      entities: [
        { type: 'bold', offset: 0, length: 5 },
        { type: 'code', offset: 7, length: 3 },
        { type: 'strikethrough', offset: 13, length: 1 },
        { type: 'pre', offset: 16, length: 5 },
      ],
    });
    const media = { type: 'image', url: 'https://salon.example/p.png' } as const;
    const [file = { text: '' }] = shapeReply({ text: '**Plan**', media }, telegramSender.channel, OPTIONS);
    expect(telegramSender.reply(TARGET, file as RichMessage, 't')?.body).toMatchObject({
      caption: 'Plan',
      caption_entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
  });

  it('is HTML for MAX, and as it is without styles', () => {
    const [message = { text: '' }] = messagesOf('**Price**: `a<b` & ***9***', maxSender.channel, 4_000);
    expect(maxSender.reply(TARGET, message, 't')?.body).toEqual({
      text: '<b>Price</b>: <code>a&lt;b</code> &amp; <b><i>9</i></b>',
      format: 'html',
    });
    expect(maxSender.reply(TARGET, { text: 'a < b & c' }, 't')?.body).toEqual({ text: 'a < b & c' });
  });

  it('has links behind their labels, where a messenger would show them', () => {
    const markdown =
      '**Us**: [our *site*](https://salon.example/?a="1"&b=2), [call](tel:+79001234567), [`c`](https://salon.example)';
    const [message = { text: '' }] = messagesOf(markdown, telegramSender.channel, 4_096);
    const written = 'call (+79001234567), c (https://salon.example)';
    expect(telegramSender.reply(TARGET, message, 't')?.body).toEqual({
      chat_id: 700000001,
      text: `Us: our site, ${written}`,
      entities: [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'text_link', offset: 4, length: 8, url: 'https://salon.example/?a="1"&b=2' },
        { type: 'italic', offset: 8, length: 4 },
        { type: 'code', offset: 35, length: 1 },
      ],
    });
    expect(htmlOf(message.text, message.styles ?? [])).toContain(
      '<a href="https://salon.example/?a=%221%22&amp;b=2">our <i>site</i></a>',
    );
    expect(withoutStyles(message)).toEqual({
      text: `Us: our site (https://salon.example/?a="1"&b=2), ${written}`,
    });
  });

  it.each([telegramSender.channel, maxSender.channel])('has none if Markdown is not to be read', (rules) => {
    expect(shapeReply({ text: '**a** <b>' }, rules, { ...OPTIONS, readsMarkdown: false })).toEqual([
      '**a** <b>',
    ]);
  });

  it('has no other style around code', () => {
    const [message] = messagesOf('**a `b` c**', telegramSender.channel, 100);
    expect(sorted(message?.styles)).toEqual(['0 2 bold ', '2 3 code ', '3 5 bold ']);
  });

  it('is within Telegram’s limit and rules, and every styled word keeps its style where it is cut', () => {
    fc.assert(
      fc.property(MARKDOWN, LENGTH, (markdown, maxLength) => {
        const messages = messagesOf(markdown, telegramSender.channel, maxLength);
        for (const { text, styles = [] } of messages) {
          // Also where the entities are refused, and the addresses of links are written among the words.
          expect(withoutStyles({ text, styles }).text.length).toBeLessThanOrEqual(maxLength);
          expect(styles.length).toBeLessThanOrEqual(100);
          for (const [i, range] of styles.entries()) {
            expect(range.start >= 0 && range.start < range.end && range.end <= text.length).toBe(true);
            for (const other of styles.slice(i + 1)) expect(areInOrder(range, other)).toBe(true);
          }
        }
        const whole = messagesOf(markdown, telegramSender.channel, Infinity);
        expect(shownIn(messages)).toEqual(shownIn(whole));
      }),
      { numRuns: inShort(500) },
    );
  });

  it('is HTML that says the same text and styles, within MAX’s limit with all its marks', () => {
    fc.assert(
      fc.property(MARKDOWN, LENGTH, (markdown, maxLength) => {
        const messages = messagesOf(markdown, maxSender.channel, maxLength);
        for (const { text, styles = [] } of messages) {
          const html = htmlOf(text, styles);
          expect(html.length).toBeLessThanOrEqual(maxLength);
          const said = readHtml(html);
          expect([said.text, sorted(said.styles)]).toEqual([text, sorted(styles)]);
        }
        expect(shownIn(messages)).toEqual(shownIn(messagesOf(markdown, maxSender.channel, Infinity)));
      }),
      { numRuns: inShort(500) },
    );
  });

  it.each(['**a** b ', '**a**<', '***a*** ~~**b**~~ ', '**a** [b](https://c.example) ', '**a**\n\n', '&<'])(
    'takes a time that grows no faster than it does: %j',
    (part) => {
      for (const rules of IS_SHORT ? [maxSender.channel] : [telegramSender.channel, maxSender.channel])
        expectLinear(
          (length) => part.repeat(length / part.length),
          (text) => shapeReply({ text }, rules, OPTIONS),
        );
    },
  );

  it('has a hundred entities at the most in Telegram, which drops further ones without a word', () => {
    const messages = messagesOf('**a** b '.repeat(250), telegramSender.channel, 4_096);
    expect(messages.map(({ styles }) => styles?.length)).toEqual([100, 100, 50]);
  });

  it.each(['<b>a', 'a</b>', '<b><i>a</b></i>', 'a < b', '&', '&quot;', '<u>a</u>', '<a>b</a>'])(
    'would not be read if it were %s',
    (html) => expect(() => readHtml(html)).toThrow(),
  );
});
