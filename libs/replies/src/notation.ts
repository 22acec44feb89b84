/** What a channel that takes formatting beside the words calls a stretch of them. */
export type Style = 'bold' | 'italic' | 'strike' | 'code' | 'codeBlock' | 'link';

/** The characters before and behind a stretch of text, or none of either and its style; a link's address with it. */
export type Mark = readonly [open: string, close: string, style?: Style, address?: string];

/** How a channel writes what Markdown can express; empty characters leave the words as they are. */
export interface Notation {
  readonly bold: Mark;
  readonly italic: Mark;
  readonly strike: Mark;
  readonly code: Mark;
  /** Around whole lines of code, with their line breaks. */
  readonly codeBlock: Mark;
  /** A label that leads to an address; left out where the address is written behind it. */
  readonly link?: (address: string) => Mark;
}

/** https://faq.whatsapp.com/539178204879377: lists and quotations are written as in Markdown; nothing can be escaped. */
export const WHATSAPP: Notation = {
  bold: ['*', '*'],
  italic: ['_', '_'],
  strike: ['~', '~'],
  code: ['`', '`'],
  codeBlock: ['```\n', '\n```'],
};

const NONE: Mark = ['', ''];

/** A channel that shows every character as it is. */
export const PLAIN: Notation = { bold: NONE, italic: NONE, strike: NONE, code: NONE, codeBlock: NONE };

/** A channel that takes the words as they are, and their styles as ranges. */
export const STYLED: Notation = {
  bold: ['', '', 'bold'],
  italic: ['', '', 'italic'],
  strike: ['', '', 'strike'],
  code: ['', '', 'code'],
  codeBlock: ['', '', 'codeBlock'],
  link: (address) => ['', '', 'link', address],
};
