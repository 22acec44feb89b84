import type { Span } from './marked-text';
import type { Style } from './notation';

/** A stretch of a text that is shown in a style. Offsets are UTF-16 code units. */
export interface StyledRange {
  readonly style: Style;
  readonly start: number;
  readonly end: number;
  /** Of a link: where it leads. */
  readonly address?: string;
}

/**
 * The styles of a text, outer before inner: each two are apart, or one is inside the other. Code has no style but its own, because
 * Telegram takes no other in it or around it. Takes time in proportion to the number of spans, for styles are three deep at the most.
 */
export function stylesOf(spans: readonly Span[]): StyledRange[] {
  const ranges = spans
    .flatMap(({ mark: [, , style, address], contentStart: start, contentEnd: end }): StyledRange[] =>
      style === undefined || start >= end ? [] : [{ style, start, end, ...(address && { address }) }],
    )
    .sort(byPlace);
  const code = ranges.filter(isCode);
  let next = 0;
  return ranges
    .flatMap((range) => {
      if (isCode(range)) return [range];
      while ((code[next]?.end ?? Infinity) <= range.start) next += 1;
      return without(range, code, next);
    })
    .sort(byPlace);
}

/**
 * The styles of the piece from `start` up to `end`, from offset 0.
 *
 * @param passed how many of the first styles end before the piece; a long text has many pieces.
 */
export function stylesBetween(
  styles: readonly StyledRange[],
  start: number,
  end: number,
  passed: number,
): StyledRange[] {
  const found: StyledRange[] = [];
  for (let i = passed; i < styles.length; i += 1) {
    const range = styles[i];
    if (!range || range.start >= end) break;
    if (range.end > start)
      found.push(within(range, Math.max(range.start, start) - start, Math.min(range.end, end) - start));
  }
  return found;
}

/** The same style of another stretch. */
function within({ style, address }: StyledRange, start: number, end: number): StyledRange {
  return { style, start, end, ...(address !== undefined && { address }) };
}

function byPlace(a: StyledRange, b: StyledRange): number {
  return a.start - b.start || b.end - a.end;
}

function isCode({ style }: StyledRange): boolean {
  return style === 'code' || style === 'codeBlock';
}

/** What a range has outside of holes. These are ascending and apart; those before `from` lie before the range. */
function without(range: StyledRange, holes: readonly StyledRange[], from: number): StyledRange[] {
  const { start, end } = range;
  const left: StyledRange[] = [];
  let at = start;
  for (let i = from; i < holes.length; i += 1) {
    const hole = holes[i];
    if (!hole || hole.start >= end) break;
    if (hole.start > at) left.push(within(range, at, hole.start));
    at = Math.max(at, hole.end);
  }
  if (at < end) left.push(within(range, at, end));
  return left;
}
