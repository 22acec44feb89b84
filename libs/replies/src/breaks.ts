import type { MarkedText } from './marked-text';

/** A break in the first part of the room would leave a message much shorter than its neighbours: a lesser break is better. */
const LEAST_SHARE = 1 / 3;

/** Longer than any character, UTF-16 code units. */
const LOOK_AHEAD = 64;

// Of no language: whose words these are is not known.
const SENTENCES = new Intl.Segmenter('und', { granularity: 'sentence' });
const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });
const ADDRESS = /(?:https?:\/\/|www\.)\S+/gi;
/** What belongs to the character before it: accents, joiners, variants. */
const CONTINUES = /^[\p{M}\p{Cf}]/u;

/**
 * The best place to cut a text that starts at `start` and is longer than `maxLength`.
 *
 * @param fits true if the piece up to a place, with the marks that close it, is short enough.
 */
export function findBreak(
  marked: MarkedText,
  start: number,
  to: number,
  maxLength: number,
  fits: (at: number) => boolean,
): number {
  const { text } = marked;
  const end = Math.min(to, start + maxLength);
  // Whether a place is a boundary shows in what follows it.
  const window = text.slice(start, Math.min(to, end + LOOK_AHEAD));
  const addresses = rangesOf(window, ADDRESS, start);
  const isAllowed = (at: number): boolean =>
    fits(at) && !isInside(addresses, at) && !isInMark(marked, at) && !CONTINUES.test(text.slice(at, at + 2));
  const kinds: (() => Iterable<number>)[] = [
    () => marked.blocks.filter((at) => at > start && at <= end),
    () => endsOf(window, /\n(?:[^\S\n]*\n)*/g, start),
    () => segmentsOf(window, SENTENCES, start),
    () => endsOf(window, /\s+/g, start),
    () => segmentsOf(window, CHARACTERS, start),
  ];
  const leasts = [start + maxLength * LEAST_SHARE, start];
  for (const least of leasts)
    for (const places of kinds) {
      const best = lastOf(places(), (at) => at > least && isAllowed(at));
      if (best !== null) return best;
    }
  // An address, or marks, that are longer than a whole message.
  return lastOf(segmentsOf(window, CHARACTERS, start), (at) => at > start && fits(at)) ?? end;
}

function lastOf(places: Iterable<number>, isFit: (at: number) => boolean): number | null {
  return [...places].findLast(isFit) ?? null;
}

function endsOf(window: string, separator: RegExp, start: number): number[] {
  return [...window.matchAll(separator)].map(({ index, 0: { length } }) => start + index + length);
}

function segmentsOf(window: string, segmenter: Intl.Segmenter, start: number): number[] {
  return [...segmenter.segment(window)].map(({ index }) => start + index).slice(1);
}

type Range = readonly [from: number, to: number];

function rangesOf(window: string, pattern: RegExp, start: number): Range[] {
  return [...window.matchAll(pattern)].map(({ index, 0: { length } }) => [
    start + index,
    start + index + length,
  ]);
}

function isInside(ranges: readonly Range[], at: number): boolean {
  return ranges.some(([from, to]) => from < at && at < to);
}

/** True between a mark and the words that it is about. */
function isInMark({ spans }: MarkedText, at: number): boolean {
  return spans.some(
    ({ start, contentStart, contentEnd, end }) =>
      (start < at && at <= contentStart) || (contentEnd <= at && at < end),
  );
}
