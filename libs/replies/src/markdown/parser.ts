import MarkdownIt from 'markdown-it';
import { addressRule } from './address-rule';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** A part of a Markdown text, with its parts. */
export interface Node {
  /** `paragraph`, `heading`, `inline`, `text`, `strong`, `link`, … */
  readonly kind: string;
  readonly token: Token;
  readonly children: readonly Node[];
}

/**
 * What chat texts use of CommonMark, with tables and strikethrough. Left out is what plain texts contain by accident:
 * code by indentation, headings by a line below them, references to links.
 */
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'code',
  'lheading',
  'reference',
]);
parser.inline.ruler.before('strikethrough', 'address', addressRule);
parser.normalizeLink = (url: string) => url;
parser.normalizeLinkText = (url: string) => url;

/** Reads a text as Markdown; its blocks know their lines (`token.map`). */
export function parseMarkdown(text: string): Node[] {
  return nested(parser.parse(text, {}));
}

/** Reads words as Markdown, without blocks. */
export function parseWords(text: string): Node[] {
  return nested(parser.parseInline(text, {}));
}

/** As deep as the parser lets blocks be. It counts no emphasis, and whoever walks the parts would run out of stack. */
const DEEPEST = 100;

function nested(tokens: readonly Token[]): Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const token of tokens) {
    const parent = open.at(-1) ?? root;
    if (token.nesting === -1) open.pop();
    // What is deeper is a part of what is around it.
    else if (token.nesting === 1 && open.length > DEEPEST) open.push(parent);
    else {
      const children = nested(token.children ?? []);
      parent.push({ kind: token.type.replace('_open', ''), token, children });
      if (token.nesting === 1) open.push(children);
    }
  }
  return root;
}

/**
 * True if a text contains what only Markdown means. `*one star*`, `_underscores_`, lists, quotations and code are also
 * notation of chats, and a lone backslash may be meant.
 */
export function isMarkdown(nodes: readonly Node[]): boolean {
  return nodes.some((node) => isUnmistakable(node) || isMarkdown(node.children));
}

function isUnmistakable(node: Node): boolean {
  switch (node.kind) {
    case 'heading':
    case 'table':
    case 'strong':
    case 's':
    case 'image':
      return true;
    case 'link':
      return isFitLink(node);
    case 'fence':
      return node.token.info !== '' || node.token.markup.startsWith('~');
    default:
      return false;
  }
}

const PLAIN_KINDS = new Set(['text', 'softbreak', 'hardbreak']);

/** True for words that mean themselves: no formatting, no escape, no HTML. */
export function isPlain({ token, children }: Node): boolean {
  return children.every(({ kind }) => PLAIN_KINDS.has(kind)) && !/[\\&<]/.test(token.content);
}

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:|www\.)\S/i;

/** False for what looks like a link and has no address: `list[1](all)`. */
export function isFitLink(node: Node): boolean {
  return ADDRESS.test(addressOf(node));
}

/** Browsers and servers take no longer one, and one message must have room for it. */
const LONGEST_WEB_ADDRESS = 2_048;
const WEB_ADDRESS = /^https?:\/\/[^\s/?#@]+\.[^\s/?#@]+/i;

/**
 * True for a link that a channel can put behind its label: messengers drop others without a word, such as `tel:` and hosts without a
 * dot. Code as a label has no style but its own.
 */
export function isOnTheWeb(link: Node): boolean {
  const address = addressOf(link);
  return WEB_ADDRESS.test(address) && address.length <= LONGEST_WEB_ADDRESS && !hasCode(link);
}

function hasCode({ kind, children }: Node): boolean {
  return kind === 'code_inline' || children.some(hasCode);
}

/** The address of a link or an image. */
export function addressOf({ kind, token }: Node): string {
  return String(token.attrGet(kind === 'image' ? 'src' : 'href') ?? '');
}

/** The words of a part, without any formatting. */
export function wordsOf({ token, children }: Node): string {
  return children.length > 0 ? children.map(wordsOf).join('') : token.content;
}
