import type { Style, StyledRange } from '@app/replies';

/** https://core.telegram.org/bots/api#messageentity; offsets are UTF-16 code units. */
interface Entity {
  type: string;
  offset: number;
  length: number;
}

const TYPES: Readonly<Record<Style, string>> = {
  bold: 'bold',
  italic: 'italic',
  strike: 'strikethrough',
  code: 'code',
  codeBlock: 'pre',
};

/**
 * How Telegram takes styles: beside the text, which needs no escape then and is counted as it is. Of more than 100 it shows the
 * first ones.
 */
export function entitiesOf(styles: readonly StyledRange[]): Entity[] {
  return styles.map(({ style, start, end }) => ({ type: TYPES[style], offset: start, length: end - start }));
}
