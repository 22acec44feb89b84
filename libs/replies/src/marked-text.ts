import type { Mark } from './notation';

/** A stretch between two marks. Offsets are in the text that contains it: marks from `start` and up to `end`. */
export interface Span {
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  readonly mark: Mark;
  /** Code, which is not cut if a message has room for it. */
  readonly isCode: boolean;
}

/** A text in a channel's notation, with what must be known to split it. */
export interface MarkedText {
  readonly text: string;
  /** Outer ones behind inner ones. */
  readonly spans: readonly Span[];
  /** Where paragraphs and other blocks begin, ascending; what belongs to the block before it is not among them. */
  readonly blocks: readonly number[];
}

/** Builds a marked text from front to back. */
export class MarkedTextBuilder implements MarkedText {
  private written = '';
  /** Asked for each mark: to look into a text that is being built costs a copy of it. */
  private last = '';
  readonly spans: Span[] = [];
  readonly blocks: number[] = [];
  private readonly open: Omit<Span, 'contentEnd' | 'end'>[] = [];

  get text(): string {
    return this.written;
  }

  /** The last UTF-16 unit. */
  get lastUnit(): string {
    return this.last;
  }

  write(text: string): void {
    if (text === '') return;
    this.written += text;
    this.last = text.slice(-1);
  }

  beginBlock(): void {
    if (this.written !== '') this.blocks.push(this.written.length);
  }

  /** @param written the mark as it stands in this text, if it is not the usual one. */
  begin(mark: Mark, { written = mark[0], isCode = false } = {}): void {
    const start = this.written.length;
    this.write(written);
    this.open.push({ mark, isCode, start, contentStart: this.written.length });
  }

  /** Ends the stretch that was begun last. */
  end(written?: string): void {
    const stretch = this.open.pop();
    if (!stretch) return;
    const contentEnd = this.written.length;
    this.write(written ?? stretch.mark[1]);
    this.spans.push({ ...stretch, contentEnd, end: this.written.length });
  }

  /** A line break; marks hold within one line only, so they end before it and begin again behind it. */
  breakLine(prefix: string): void {
    const marks = this.open.map(({ mark }) => mark);
    while (this.open.length > 0) this.end();
    this.write(`\n${prefix}`);
    for (const mark of marks) this.begin(mark);
  }
}
