import type { MarkedText, Span } from './marked-text';

/** A break in the first part of the room would leave a message much shorter than its neighbours: a lesser break is better. */
const LEAST_SHARE = 1 / 3;

/** Longer than any character, UTF-16 code units. */
const LOOK_AHEAD = 64;

// Of no language: whose words these are is not known.
const SENTENCES = new Intl.Segmenter('und', { granularity: 'sentence' });
const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Code in a line, where its marks stand in the text. */
const CODE = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;
const ADDRESS = /(?:https?:\/\/|www\.)\S+/gi;
/** What belongs to the character before it: accents, joiners, variants. */
const CONTINUES = /^[\p{M}\p{Cf}]/u;

/** The signs of a list, a quotation or a heading, which would be left without the words that they are about. */
const SIGN = /\n(?:[ \t>]+|[ \t>]*(?:[-*+]|#{1,6}|\d{1,9}[.)])[ \t]*)$/;
const LONGEST_SIGN = 24;

/**
 * The best place to cut a text that starts at `start` and is longer than `maxLength`.
 *
 * @param fits true if the piece up to a place, with the marks that close it, is short enough.
 */
export function findBreak(
  { text, blocks, spans }: MarkedText,
  start: number,
  to: number,
  maxLength: number,
  fits: (at: number) => boolean,
): number {
  const end = Math.min(to, start + maxLength);
  // Whether a place is a boundary shows in what follows it.
  const window = text.slice(start, Math.min(to, end + LOOK_AHEAD));
  const matches = (pattern: RegExp): Range[] =>
    [...window.matchAll(pattern)].map(({ index, 0: { length } }) => [start + index, start + index + length]);
  const marked = spans.filter(({ isCode }) => isCode).map((span): Range => [span.start, span.end]);
  const code = [...marked, ...matches(CODE)].filter(([begin, over]) => over - begin <= maxLength);
  const whole = [...matches(ADDRESS), ...code];
  const isAllowed = (at: number): boolean =>
    !isInside(whole, at) &&
    !isInMark(spans, at) &&
    !CONTINUES.test(text.slice(at, at + 2)) &&
    !SIGN.test(text.slice(Math.max(start, at - LONGEST_SIGN), at)) &&
    fits(at);
  const kinds: (() => Iterable<number>)[] = [
    () => blocks.filter((at) => at > start && at <= end).toReversed(),
    () => endsOf(window, /\n(?:[^\S\n]*\n)*/g, start),
    () => boundariesOf(window, SENTENCES, start),
    () => endsOf(window, /\s+/g, start),
    () => boundariesOf(window, CHARACTERS, start),
  ];
  for (const least of [start + maxLength * LEAST_SHARE, start])
    for (const places of kinds) {
      const best = firstOf(places(), least, end, isAllowed);
      if (best !== null) return best;
    }
  // An address, or marks, that are longer than a whole message.
  return firstOf(boundariesOf(window, CHARACTERS, start), start, end, fits) ?? end;
}

/**
 * The first place behind `least` and up to `end` that is fit.
 *
 * @param places descending, so that few of them are looked at.
 */
function firstOf(
  places: Iterable<number>,
  least: number,
  end: number,
  isFit: (at: number) => boolean,
): number | null {
  for (const at of places) {
    if (at <= least) return null;
    if (at <= end && isFit(at)) return at;
  }
  return null;
}

function endsOf(window: string, separator: RegExp, start: number): number[] {
  return [...window.matchAll(separator)]
    .map(({ index, 0: { length } }) => start + index + length)
    .toReversed();
}

function* boundariesOf(window: string, segmenter: Intl.Segmenter, start: number): Generator<number> {
  const segments = segmenter.segment(window);
  for (let at = window.length; at > 0;) {
    at = segments.containing(at - 1)?.index ?? 0;
    yield start + at;
  }
}

type Range = readonly [from: number, to: number];

function isInside(ranges: readonly Range[], at: number): boolean {
  return ranges.some(([from, to]) => from < at && at < to);
}

/** True between a mark and the words that it is about. */
function isInMark(spans: readonly Span[], at: number): boolean {
  return spans.some(
    ({ start, contentStart, contentEnd, end }) =>
      (start < at && at <= contentStart) || (contentEnd <= at && at < end),
  );
}
