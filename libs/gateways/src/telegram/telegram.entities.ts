import { type Additions, behindLabel, type Style, type StyledRange } from '@app/replies';

/** https://core.telegram.org/bots/api#messageentity; offsets are UTF-16 code units. */
interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string;
}

const TYPES: Readonly<Record<Style, string>> = {
  bold: 'bold',
  italic: 'italic',
  strike: 'strikethrough',
  code: 'code',
  codeBlock: 'pre',
  link: 'text_link',
};

/** Of more, Telegram shows the first ones. */
export const MOST_ENTITIES = 100;

/** Telegram counts the words alone, but where it refuses the entities, the addresses of links stand among these. */
export const WRITTEN_OUT: Additions = {
  ofCharacter: () => 0,
  ofStyle: ({ address }) => (address === undefined ? 0 : behindLabel(address).length),
};

/** How Telegram takes styles: beside the text, which needs no escape then. */
export function entitiesOf(styles: readonly StyledRange[]): Entity[] {
  return styles.map(({ style, start, end, address }) => ({
    type: TYPES[style],
    offset: start,
    length: end - start,
    ...(address !== undefined && { url: address }),
  }));
}
