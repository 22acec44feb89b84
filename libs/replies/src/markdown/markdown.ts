import { type MarkedText, MarkedTextBuilder, type Span } from '../marked-text';
import type { Notation } from '../notation';
import { chatSpans } from './chat-spans';
import { InlineWriter } from './inline-writer';
import { isMarkdown, isPlain, type Node, parseMarkdown } from './parser';
import { sourceSpans } from './source-spans';
import { writeTable } from './table';

/** What stands before a table: the signs of quotations, and of lists if it begins with a bar. */
const TABLE_PREFIX = /^[\s>]*(?:(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?=\|))?/;
const LINE_END = /\r\n$|[\r\n]$/;

/**
 * A text in a channel's notation. A text that is no Markdown stays as it is, byte for byte, and so does every paragraph of
 * another that needs no change.
 *
 * @param notation null: the channel reads Markdown itself.
 * @param readsMarkdown false: nothing is changed; only the text's parts, and the channel's own marks in it, are found.
 */
export function inNotation(text: string, notation: Notation | null, readsMarkdown = true): MarkedText {
  const nodes = parseMarkdown(text);
  const isToBeChanged = readsMarkdown && notation !== null && isMarkdown(nodes);
  const writer = new BlockWriter(text, isToBeChanged ? notation : null, notation === null);
  writer.write(nodes);
  const written = writer.end();
  // Elsewhere marks are characters, or stand beside the text.
  if (isToBeChanged || !notation?.bold[0]) return written;
  const { blocks, spans } = written;
  return { text, blocks, spans: [...spans, ...chatSpans(text, spans)] };
}

/** Writes the lines of a text one after the other, and in place of some of them what they mean. */
class BlockWriter {
  private readonly out = new MarkedTextBuilder();
  private readonly lines: readonly string[];
  private next = 0;
  private readonly inline: InlineWriter | null;

  constructor(
    text: string,
    private readonly notation: Notation | null,
    private readonly keepsMarks: boolean,
  ) {
    this.lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
    this.inline = notation && new InlineWriter(this.out, notation);
  }

  /** Writes the blocks of the text. */
  write(nodes: readonly Node[]): void {
    for (const [i, node] of nodes.entries()) {
      const [first = 0] = node.token.map ?? [];
      this.copyTo(first);
      if (!belongs(node, nodes[i - 1])) this.out.beginBlock();
      this.writeBlock(node);
    }
  }

  end(): MarkedText {
    this.copyTo(this.lines.length);
    return this.out;
  }

  private writeBlock(node: Node): void {
    const [first = 0, end = 0] = node.token.map ?? [];
    const { inline } = this;
    if (node.kind === 'fence') this.writeCode(node, first, end);
    else if (inline === null && node.kind === 'inline') this.keepMarks(node, first);
    else if (inline === null) for (const child of node.children) this.writeBlock(child);
    else if (node.kind === 'heading') {
      this.replace(first, end, () => {
        this.out.write(this.lineOf(first).split('#', 1)[0] ?? '');
        inline.bold(() => inline.write(node.children.flatMap(({ children }) => children)));
      });
    } else if (node.kind === 'table') {
      const [prefix = ''] = TABLE_PREFIX.exec(this.lineOf(first)) ?? [];
      this.replace(first, end, () =>
        writeTable(node, prefix, this.out, inline, (index) => this.lineOf(index)),
      );
    } else if (node.kind === 'inline' && !isPlain(node)) {
      const [prefix = '', ...prefixes] = this.prefixesOf(node, first);
      this.replace(first, end, () => {
        this.out.write(prefix);
        inline.write(node.children, prefixes.values());
      });
    } else for (const child of node.children) this.writeBlock(child);
  }

  /** Notes the marks of a paragraph that stays as it is. */
  private keepMarks(node: Node, first: number): void {
    if (!this.keepsMarks) return;
    this.copyTo(first);
    let lineStart = this.out.text.length;
    let contentStart = 0;
    const starts = this.prefixesOf(node, first).map((prefix, i) => {
      const [content = ''] = node.token.content.slice(contentStart).split('\n', 1);
      const indented = content.length - content.trimStart().length;
      const start = { content: contentStart, text: lineStart + prefix.length - indented };
      lineStart += this.lines[first + i]?.length ?? 0;
      contentStart += content.length + 1;
      return start;
    });
    const inText = (offset: number): number => {
      const line = starts.findLast(({ content }) => content <= offset);
      return offset + (line ? line.text - line.content : 0);
    };
    for (const span of sourceSpans(node)) this.out.spans.push(movedBy(inText, span));
  }

  /** What stands before the words in each line of a paragraph. */
  private prefixesOf({ token }: Node, first: number): string[] {
    return token.content.split('\n').map((content, i) => {
      const line = this.lineOf(first + i);
      return line.slice(0, Math.max(0, line.indexOf(content.trim())));
    });
  }

  /** Code is written as it is; in a channel's notation, without the name of its language. */
  private writeCode({ token: { markup } }: Node, first: number, end: number): void {
    this.copyTo(first);
    const opening = this.lineOf(first);
    const isClosed =
      end - first > 1 &&
      this.lineOf(end - 1)
        .trimEnd()
        .endsWith(markup);
    const last = isClosed ? end - 1 : end;
    const content = this.lines.slice(first + 1, last).join('');
    const code = content.replace(LINE_END, '');
    if (this.notation) {
      const { codeBlock } = this.notation;
      this.out.write(opening.slice(0, opening.indexOf(markup)));
      this.out.begin(codeBlock, { isCode: true });
      this.out.write(code);
      this.out.end();
      this.out.write(this.lineEndOf(end - 1));
    } else {
      this.out.begin([`${markup}\n`, `\n${markup}`], { written: this.lines[first] ?? '', isCode: true });
      this.out.write(code);
      this.out.end(content.slice(code.length) + this.lines.slice(last, end).join(''));
    }
    this.next = end;
  }

  /** Writes something in place of the lines from `first` up to `end`. */
  private replace(first: number, end: number, write: () => void): void {
    this.copyTo(first);
    write();
    this.out.write(this.lineEndOf(end - 1));
    this.next = end;
  }

  private copyTo(end: number): void {
    this.out.write(this.lines.slice(this.next, end).join(''));
    this.next = Math.max(this.next, end);
  }

  private lineOf(index: number): string {
    return (this.lines[index] ?? '').replace(LINE_END, '');
  }

  private lineEndOf(index: number): string {
    return LINE_END.exec(this.lines[index] ?? '')?.[0] ?? '';
  }
}

function movedBy(inText: (offset: number) => number, { mark, isCode, ...at }: Span): Span {
  return {
    mark,
    isCode,
    start: inText(at.start),
    contentStart: inText(at.contentStart),
    contentEnd: inText(at.contentEnd),
    end: inText(at.end),
  };
}

/** A heading belongs to what follows it, a list to the paragraph before it, and a rule stands alone nowhere. */
function belongs(node: Node, before: Node | undefined): boolean {
  if (before === undefined) return false;
  return (
    before.kind === 'heading' ||
    node.kind === 'hr' ||
    (/list$/.test(node.kind) && before.kind === 'paragraph')
  );
}
