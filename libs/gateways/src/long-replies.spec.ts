import fc from 'fast-check';
import { type ChannelRules, type OutgoingMessage, shapeReply } from '@app/replies';
import { IS_SHORT } from '../../../test/support/short-form';
import { GATEWAYS } from './gateways';

/** Stands for a word; each becomes another. */
const WORD = '¤';
const WORDS = /w\d+x/g;
const LENGTH = 20_000;

const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`);

const inline = fc.constantFrom(
  ...[WORD, WORD, `**${WORD} ${WORD}**`, `_${WORD} ${WORD}_`, `~~${WORD}~~`, `\`${WORD} ${WORD}\``],
  ...[
    `***${WORD} \`${WORD}\`***`,
    `**${WORD}\n${WORD}**`,
    `${WORD}👨‍👩‍👧‍👦${WORD}`,
    `${WORD} &amp; ${WORD}`,
    `${WORD}<br>${WORD}`,
  ],
  ...[`[${WORD} **${WORD}**](https://a.example/${WORD}?q=1)`, `<https://b.example/${WORD}>`],
  `![${WORD}](https://c.example/${WORD}.png)`,
);
const words = fc.array(inline, { minLength: 1, maxLength: 20 }).map((all) => all.join(' '));
const line = words.map((text) => text.replaceAll('\n', ' '));
const table = fc.integer({ min: 1, max: 4 }).chain((columns) => {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cells = fc.array(line, { minLength: columns, maxLength: columns + 1 }).map(row);
  const all = (of: string): string => row(Array.from({ length: columns }, () => of));
  return fc
    .array(cells, { minLength: 1, maxLength: 4 })
    .map((rows) => [all('h'), all('-'), ...rows].join('\n'));
});
const code = fc
  .integer({ min: 1, max: 6 })
  .map((lines) => `\`\`\`js\n${`  ${WORD} = ${WORD};\n`.repeat(lines)}\`\`\``);

/** Markdown as models write it: lists, quotations, code and tables within each other. */
const { block } = fc.letrec<{ block: string }>((tie) => {
  const inner = tie('block');
  const some = fc.array(inner, { minLength: 1, maxLength: 3 });
  return {
    block: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      words,
      line.map((text) => `## ${text}`),
      code,
      table,
      some.map((all) => all.map((text) => `- ${indented(text, '  ')}`).join('\n')),
      some.map((all) => all.map((text, i) => `${i + 1}. ${WORD}\n\n   ${indented(text, '   ')}`).join('\n')),
      inner.map((text) => `> ${indented(text, '> ')}`),
    ),
  };
});
const reply = fc.array(block, { minLength: 5, maxLength: 60 }).map((blocks) => {
  const text = `${blocks.join('\n\n')}\n\n`;
  let seq = 0;
  return text.repeat(Math.ceil(LENGTH / text.length)).replaceAll(WORD, () => `w${(seq += 1)}x`);
});

const CHANNELS = GATEWAYS.flatMap(({ name, sender }) => (sender ? [{ name, channel: sender.channel }] : []));

const textOf = (message: OutgoingMessage): string => (typeof message === 'string' ? message : message.text);
const addressesOf = (message: OutgoingMessage): string[] =>
  typeof message === 'string' || !('styles' in message)
    ? []
    : (message.styles ?? []).flatMap(({ address }) => address ?? []);

/** Lines with a mark that is open at their end; code and addresses are no marks. */
function unclosedIn(text: string): string[] {
  const lines = text
    .replace(/```[^]*?```/g, '')
    .replace(/https:[^\s)*>]+/g, '')
    .split('\n');
  return lines.filter((each) => ['*', '_', '~', '`'].some((mark) => each.split(mark).length % 2 === 0));
}

describe.each(CHANNELS)('20,000 characters of Markdown within Markdown, by $name', ({ channel }) => {
  it.each([false, true])(
    'arrive whole, in order and within limits; a message for each block: %j',
    (byBlock) => {
      fc.assert(
        fc.property(reply, (text) => {
          const messages = shapeReply({ text }, channel, { byBlock, readsMarkdown: true });
          const texts = messages.map(textOf);
          const arrived = texts.join('\n').match(WORDS) ?? [];
          const known = new Set([
            ...arrived,
            ...(messages.flatMap(addressesOf).join(' ').match(WORDS) ?? []),
          ]);
          expect((text.match(WORDS) ?? []).filter((word) => !known.has(word))).toEqual([]);
          expect(arrived).toEqual([...new Set(arrived)].toSorted((a, b) => numberOf(a) - numberOf(b)));
          for (const each of texts) isFit(each, channel.text);
        }),
        { numRuns: IS_SHORT ? 1 : 3 },
      );
    },
  );
});

function numberOf(word: string): number {
  return Number(word.slice(1, -1));
}

function isFit(text: string, { maxLength, maxBytes = Infinity, notation }: ChannelRules['text']): void {
  expect(text.trim()).not.toBe('');
  expect(text.length).toBeLessThanOrEqual(maxLength);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
  if (notation?.bold[0] === '*') expect(unclosedIn(text)).toEqual([]);
}
