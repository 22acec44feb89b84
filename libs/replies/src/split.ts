import { findBreak } from './breaks';
import type { MarkedText, Span } from './marked-text';
import { type Additions, Measure } from './measure';
import { type StyledRange, stylesBetween, stylesOf } from './styles';

/** A text that a channel takes as one message, with its styles if it has any. */
export interface Piece {
  readonly text: string;
  readonly styles?: readonly StyledRange[];
}

export interface SplitRules {
  /** The longest piece, UTF-16 code units. */
  readonly maxLength: number;
  /** The longest piece in bytes of UTF-8, where a channel counts those too. */
  readonly maxBytes?: number | undefined;
  /** What is counted of a piece besides its text. */
  readonly additions?: Additions | undefined;
  /** The most stretches in a style of one piece. */
  readonly maxStyles?: number | undefined;
  /** True: each block is a piece of its own, up to `MOST_BUBBLES`; what is left after them is one more. */
  readonly byBlock: boolean;
}

/** More pieces than this would be a flood, however many paragraphs a text has. */
const MOST_BUBBLES = 12;

/**
 * Cuts a text into pieces within the limit: between blocks, else between lines, sentences, words; inside a word only if it
 * is longer than a piece, and never inside a character. Marks that a cut would part are closed before it and begun again
 * behind it. White space at a cut is dropped; a text that fits is left as it is.
 */
export function split(marked: MarkedText, { byBlock, ...limits }: SplitRules): Piece[] {
  const { text, blocks } = marked;
  const styles = stylesOf(marked.spans);
  const spans = marked.spans.filter(matters);
  const measure = new Measure(text, styles, limits.additions);
  const starts = byBlock ? [0, ...blocks.slice(0, MOST_BUBBLES - 1)] : [0];
  return starts.flatMap((start, i) =>
    cut({ text, blocks, spans }, styles, measure, [start, starts[i + 1] ?? text.length], limits),
  );
}

function cut(
  { text, blocks, spans: all }: MarkedText,
  styles: readonly StyledRange[],
  measure: Measure,
  [from, to]: readonly [from: number, to: number],
  { maxLength, maxBytes = Infinity, maxStyles = Infinity }: Omit<SplitRules, 'byBlock'>,
): Piece[] {
  const pieces: Piece[] = [];
  const isWhole = from === 0 && to === text.length;
  let passed = 0;
  for (let start = from; start < to;) {
    while ((styles[passed]?.end ?? Infinity) <= start) passed += 1;
    const reach = start + maxLength;
    const spans = all.filter((span) => span.end >= start && span.start <= reach);
    const opening = openAt(spans, start).map(({ mark }) => mark[0]);
    const textUpTo = (end: number): string => {
      const closing = openAt(spans, end).map(({ mark }) => mark[1]);
      const content = text.slice(start, end);
      const isLast = end === text.length && isWhole;
      return [...opening, isLast ? content : content.trimEnd(), ...closing.toReversed()].join('');
    };
    const fits = (end: number): boolean => {
      const piece = textUpTo(end);
      // Styles come with marks of no characters, so the piece's text is the content.
      const contentEnd = start + piece.length;
      return (
        piece.length + measure.addedTo(start, contentEnd) <= maxLength &&
        measure.stylesIn(start, contentEnd) <= maxStyles &&
        isWithin(piece, maxBytes)
      );
    };
    const end = fits(to)
      ? to
      : findBreak(
          { text, blocks, spans },
          start,
          to,
          longestOf(maxLength, (length) => fits(start + length)),
          fits,
        );
    const piece = textUpTo(end);
    if (piece.trim() !== '')
      pieces.push(pieceOf(piece, stylesBetween(styles, start, start + piece.length, passed)));
    start = end;
  }
  return pieces;
}

/** False for a span that is a style only: it can be cut anywhere. */
function matters({ mark, isCode }: Span): boolean {
  return isCode || mark[0] !== '' || mark[1] !== '';
}

function pieceOf(text: string, styles: readonly StyledRange[]): Piece {
  return styles.length > 0 ? { text, styles } : { text };
}

/** The longest length that fits, if every shorter one does: few places that do not fit are looked at then. */
function longestOf(most: number, fits: (length: number) => boolean): number {
  if (fits(most)) return most;
  let [longest, tooLong] = [1, most + 1];
  while (tooLong - longest > 1) {
    const middle = Math.floor((longest + tooLong) / 2);
    if (fits(middle)) longest = middle;
    else tooLong = middle;
  }
  return longest;
}

/** A UTF-16 unit has three bytes at most, so that most texts need not be counted. */
function isWithin(piece: string, maxBytes: number): boolean {
  return 3 * piece.length <= maxBytes || Buffer.byteLength(piece) <= maxBytes;
}

/** The spans that a cut at this place would part, the outer before the inner. */
function openAt(spans: readonly Span[], at: number): Span[] {
  return spans.filter(({ contentStart, contentEnd }) => contentStart < at && at < contentEnd).toReversed();
}
