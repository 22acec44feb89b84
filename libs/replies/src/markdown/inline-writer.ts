import type { MarkedTextBuilder } from '../marked-text';
import type { Mark, Notation } from '../notation';
import { behindLabel } from '../outgoing-message';
import { addressOf, isFitLink, isOnTheWeb, type Node, wordsOf } from './parser';

const HTML_BREAK = /<br ?\/?>/i;
const LETTER = /[\p{L}\p{N}]/u;
const NUMBER = /\p{N}/u;

/** Writes the words of paragraphs, headings and cells in a channel's notation. */
export class InlineWriter {
  private readonly active = new Set<Mark>();

  constructor(
    private readonly out: MarkedTextBuilder,
    private readonly notation: Notation,
  ) {}

  /** @param prefixes what stands before each further line: the indentation of a list, the sign of a quotation. */
  write(nodes: readonly Node[], prefixes: Iterator<string> = [].values()): void {
    for (const [i, node] of nodes.entries()) this.writeOne(node, nodes[i + 1], prefixes);
  }

  bold(write: () => void): void {
    this.within(this.notation.bold, write);
  }

  private writeOne(node: Node, next: Node | undefined, prefixes: Iterator<string>): void {
    const inside = (): void => this.write(node.children, prefixes);
    switch (node.kind) {
      case 'softbreak':
      case 'hardbreak':
        this.out.breakLine(textOf(prefixes.next()));
        break;
      case 'strong':
      case 'em':
      case 's':
        this.writeEmphasis(node, next, inside);
        break;
      case 'code_inline':
        this.writeCode(node.token.content);
        break;
      case 'link':
        this.writeLink(node, inside);
        break;
      case 'image':
        this.writeImage(wordsOf(node), addressOf(node));
        break;
      default:
        this.writeText(node.token.content);
    }
  }

  private writeEmphasis(node: Node, next: Node | undefined, inside: () => void): void {
    const { kind, token } = node;
    const words = wordsOf(node);
    const [begin, end] = [this.out.lastUnit, next ? wordsOf(next).charAt(0) : ''];
    // Chats show marks inside a word as characters.
    if (!LETTER.test(begin) && !LETTER.test(end)) {
      this.within(this.notation[MARKS[kind as keyof typeof MARKS]], inside);
      return;
    }
    const isSign = kind !== 'strong' || isSum([begin, words.charAt(0)], [words.slice(-1), end]);
    if (isSign) this.out.write(token.markup);
    inside();
    if (isSign) this.out.write(token.markup);
  }

  private within(mark: Mark, write: () => void, isCode = false): void {
    if (this.active.has(mark)) {
      write();
      return;
    }
    this.active.add(mark);
    this.out.begin(mark, { isCode });
    write();
    this.out.end();
    this.active.delete(mark);
  }

  private writeCode(code: string): void {
    const [open] = this.notation.code;
    // Nothing can be escaped: code that contains the mark would end there.
    if (open !== '' && code.includes(open)) this.out.write(code);
    else this.within(this.notation.code, () => this.out.write(code), true);
  }

  private writeLink(link: Node, writeLabel: () => void): void {
    const address = addressOf(link);
    const label = wordsOf(link);
    if (!isFitLink(link)) {
      this.out.write('[');
      writeLabel();
      this.out.write(`](${address})`);
    } else if (label === '') this.out.write(address);
    else if (bareOf(label) === bareOf(address)) writeLabel();
    else if (this.notation.link && isOnTheWeb(link)) this.within(this.notation.link(address), writeLabel);
    else {
      writeLabel();
      this.out.write(behindLabel(shown(address)));
    }
  }

  private writeImage(description: string, address: string): void {
    this.out.write(description === '' ? address : `${description} (${address})`);
  }

  private writeText(text: string): void {
    for (const [i, part] of text.split(HTML_BREAK).entries()) {
      if (i > 0) this.out.breakLine('');
      this.out.write(part);
    }
  }
}

const MARKS = { strong: 'bold', em: 'italic', s: 'strike' } as const;

/** True for 2**10 and 2**3, which must not become 210 and 23: numbers meet at a mark, or stand between two words. */
function isSum(...places: (readonly [before: string, behind: string])[]): boolean {
  const meets = places.some((units) => units.every((unit) => NUMBER.test(unit)));
  return (
    meets ||
    (places.every((units) => units.every((unit) => LETTER.test(unit))) && NUMBER.test(places.join('')))
  );
}

function textOf({ value }: IteratorResult<string, unknown>): string {
  return typeof value === 'string' ? value : '';
}

/** An address as people write it, to tell whether the label already says it. */
function bareOf(address: string): string {
  return address
    .trim()
    .replace(/^(?:https?:\/\/|mailto:|tel:)/i, '')
    .replace(/\/$/, '');
}

/** Chats make a link of an e-mail address and of a phone by themselves. */
function shown(address: string): string {
  return address.replace(/^(?:mailto|tel):/i, '');
}
