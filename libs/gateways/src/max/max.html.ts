import type { Additions, Style, StyledRange } from '@app/replies';

const TAGS = {
  bold: 'b',
  italic: 'i',
  strike: 's',
  code: 'code',
  codeBlock: 'pre',
  link: 'a',
} as const satisfies Record<Style, string>;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What {@link htmlOf} adds to a text. */
export const HTML: Additions = {
  ofCharacter: (unit) => (ESCAPES[unit]?.length ?? 1) - 1,
  ofStyle: (range) => openingOf(range).length + closingOf(range).length,
};

/**
 * A text with styles as HTML, of which MAX reads a few elements: https://dev.max.ru/docs-api. Of its two notations this is the one
 * in which every character can be escaped.
 *
 * @param styles ordered by where they start, outer before inner; each two are apart, or one is inside the other.
 */
export function htmlOf(text: string, styles: readonly StyledRange[]): string {
  const open: StyledRange[] = [];
  let html = '';
  let written = 0;
  const writeUpTo = (end: number): void => {
    html += escaped(text.slice(written, end));
    written = end;
  };
  const closeUpTo = (offset: number): void => {
    while ((open.at(-1)?.end ?? Infinity) <= offset) {
      const range = open.pop() as StyledRange;
      writeUpTo(range.end);
      html += closingOf(range);
    }
  };
  for (const range of styles) {
    closeUpTo(range.start);
    writeUpTo(range.start);
    html += openingOf(range);
    open.push(range);
  }
  closeUpTo(text.length);
  writeUpTo(text.length);
  return html;
}

function openingOf({ style, address }: StyledRange): string {
  return address === undefined
    ? `<${TAGS[style]}>`
    : `<${TAGS[style]} href="${escaped(address).replaceAll('"', '%22')}">`;
}

function closingOf({ style }: StyledRange): string {
  return `</${TAGS[style]}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}
