import type { Span } from './marked-text';
import type { Style } from './notation';

/** A stretch of a text that is shown in a style. Offsets are UTF-16 code units. */
export interface StyledRange {
  readonly style: Style;
  readonly start: number;
  readonly end: number;
}

/**
 * The styles of a text, outer before inner: each two are apart, or one is inside the other. Code has no style but its own, because
 * Telegram takes no other in it or around it. Takes time in proportion to the number of spans, for styles are three deep at the most.
 */
export function stylesOf(spans: readonly Span[]): StyledRange[] {
  const ranges = spans
    .flatMap(({ mark: [, , style], contentStart: start, contentEnd: end }): StyledRange[] =>
      style === undefined || start >= end ? [] : [{ style, start, end }],
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

/** The styles of the piece from `start` up to `end`, from offset 0. */
export function stylesBetween(styles: readonly StyledRange[], start: number, end: number): StyledRange[] {
  return styles
    .filter((range) => range.start < end && range.end > start)
    .map((range) => ({
      style: range.style,
      start: Math.max(range.start, start) - start,
      end: Math.min(range.end, end) - start,
    }));
}

function byPlace(a: StyledRange, b: StyledRange): number {
  return a.start - b.start || b.end - a.end;
}

function isCode({ style }: StyledRange): boolean {
  return style === 'code' || style === 'codeBlock';
}

/** What a range has outside of holes. These are ascending and apart; those before `from` lie before the range. */
function without(
  { style, start, end }: StyledRange,
  holes: readonly StyledRange[],
  from: number,
): StyledRange[] {
  const left: StyledRange[] = [];
  let at = start;
  for (let i = from; i < holes.length; i += 1) {
    const hole = holes[i];
    if (!hole || hole.start >= end) break;
    if (hole.start > at) left.push({ style, start: at, end: hole.start });
    at = Math.max(at, hole.end);
  }
  if (at < end) left.push({ style, start: at, end });
  return left;
}
