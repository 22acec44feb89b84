import { findBreak } from './breaks';
import type { MarkedText, Span } from './marked-text';

export interface SplitRules {
  /** The longest piece, UTF-16 code units. */
  readonly maxLength: number;
  /** The longest piece in bytes of UTF-8, where a channel counts those too. */
  readonly maxBytes?: number | undefined;
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
export function split(marked: MarkedText, { byBlock, ...limits }: SplitRules): string[] {
  const { text, blocks } = marked;
  const starts = byBlock ? [0, ...blocks.slice(0, MOST_BUBBLES - 1)] : [0];
  return starts.flatMap((start, i) => cut(marked, start, starts[i + 1] ?? text.length, limits));
}

function cut(
  { text, blocks, spans: all }: MarkedText,
  from: number,
  to: number,
  { maxLength, maxBytes = Infinity }: Omit<SplitRules, 'byBlock'>,
): string[] {
  const fits = (piece: string): boolean => piece.length <= maxLength && isWithin(piece, maxBytes);
  const pieces: string[] = [];
  const isWhole = from === 0 && to === text.length;
  for (let start = from; start < to;) {
    const reach = start + maxLength;
    const spans = all.filter((span) => span.end >= start && span.start <= reach);
    const opening = openAt(spans, start).map(({ mark }) => mark[0]);
    const pieceUpTo = (end: number): string => {
      const closing = openAt(spans, end).map(({ mark }) => mark[1]);
      const content = text.slice(start, end);
      const isLast = end === text.length && isWhole;
      return [...opening, isLast ? content : content.trimEnd(), ...closing.toReversed()].join('');
    };
    const end = fits(pieceUpTo(to))
      ? to
      : findBreak({ text, blocks, spans }, start, to, maxLength, (at) => fits(pieceUpTo(at)));
    const piece = pieceUpTo(end);
    if (piece.trim() !== '') pieces.push(piece);
    start = end;
  }
  return pieces;
}

/** A UTF-16 unit has three bytes at most, so that most texts need not be counted. */
function isWithin(piece: string, maxBytes: number): boolean {
  return 3 * piece.length <= maxBytes || Buffer.byteLength(piece) <= maxBytes;
}

/** The spans that a cut at this place would part, the outer before the inner. */
function openAt(spans: readonly Span[], at: number): Span[] {
  return spans.filter(({ contentStart, contentEnd }) => contentStart < at && at < contentEnd).toReversed();
}
