import type { Span } from '../marked-text';
import type { Mark } from '../notation';
import { addressOf, type Node } from './parser';

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/iy;
const LINE_BREAK = /[ \t]*\\?\n[ \t]*/y;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const NONE: Mark = ['', ''];

/**
 * The stretches between marks of a paragraph that stays as it is written, inner before outer; offsets are in `token.content`.
 * The parser does not say where it found what, so the source is read again along with the result. None if it cannot be followed.
 */
export function sourceSpans({ token, children }: Node): readonly Span[] {
  const reader = new SourceReader(token.content);
  return reader.follows(children) ? reader.spans : [];
}

/** Reads a source from front to back along with what it means. */
class SourceReader {
  readonly spans: Span[] = [];
  private at = 0;

  constructor(private readonly source: string) {}

  /** False as soon as the source is not what these parts were read from. */
  follows(nodes: readonly Node[]): boolean {
    return nodes.every((node) => this.followsOne(node));
  }

  private followsOne(node: Node): boolean {
    const { kind, token, children } = node;
    switch (kind) {
      case 'softbreak':
      case 'hardbreak':
        return this.passes(LINE_BREAK) !== null;
      case 'strong':
      case 'em':
      case 's':
        return this.isMarked([token.markup, token.markup], () => this.follows(children));
      case 'code_inline':
        return this.isMarked([token.markup, token.markup], () => this.skipsCode(token.markup), true);
      case 'link':
        return token.markup === 'autolink'
          ? this.isMarked(['<', '>'], () => this.skipsTo('>'), true)
          : this.isMarked(['[', `](${addressOf(node)})`], () => this.follows(children), true);
      case 'image':
        return this.isMarked(['![', `](${addressOf(node)})`], () => this.follows(children), true);
      default:
        return this.reads(token.content);
    }
  }

  /** @param isWhole true for what is cut only if it is longer than a message. */
  private isMarked(mark: Mark, isContent: () => boolean, isWhole = false): boolean {
    const start = this.at;
    if (!this.skips(mark[0])) return false;
    const contentStart = this.at;
    if (!isContent()) return false;
    const contentEnd = this.at;
    if (!this.skips(mark[1])) return false;
    // A part of an address in brackets, or of a picture's description, is not one.
    const again = mark[0] === '<' || mark[0] === '![' ? NONE : mark;
    this.spans.push({ start, contentStart, contentEnd, end: this.at, mark: again, isCode: isWhole });
    return true;
  }

  /** Words, in which a sign may be escaped or an entity. */
  private reads(words: string): boolean {
    for (let i = 0; i < words.length;) {
      const read = this.entityOf(words, i) ?? this.signOf(words.charAt(i));
      if (read === 0) return false;
      i += read;
    }
    return true;
  }

  /** How many units of the words an entity stands for; null if there is none. One that nobody knows stands for itself. */
  private entityOf(words: string, i: number): number | null {
    const [entity] = this.passes(ENTITY) ?? [];
    if (entity === undefined) return null;
    return words.startsWith(entity, i)
      ? entity.length
      : String.fromCodePoint(words.codePointAt(i) ?? 0).length;
  }

  /** 1, or 0 if something else stands there. */
  private signOf(sign: string): number {
    const isEscaped = this.source.startsWith(`\\${sign}`, this.at) && PUNCTUATION.test(sign);
    if (isEscaped) this.at += 2;
    else if (!this.skips(sign)) return 0;
    return 1;
  }

  private skipsCode(markup: string): boolean {
    for (let end = this.at; ; end += markup.length) {
      end = this.source.indexOf(markup, end);
      if (end === -1) return false;
      const [before, behind] = [this.source.charAt(end - 1), this.source.charAt(end + markup.length)];
      if (before === '`' || behind === '`') continue;
      this.at = end;
      return true;
    }
  }

  private skipsTo(sign: string): boolean {
    const end = this.source.indexOf(sign, this.at);
    this.at = Math.max(this.at, end);
    return end !== -1;
  }

  private skips(mark: string): boolean {
    if (!this.source.startsWith(mark, this.at)) return false;
    this.at += mark.length;
    return true;
  }

  private passes(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    this.at += found?.[0].length ?? 0;
    return found;
  }
}
