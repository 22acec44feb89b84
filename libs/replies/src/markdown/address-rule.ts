import type MarkdownIt from 'markdown-it';

type InlineRule = Parameters<InstanceType<typeof MarkdownIt>['inline']['ruler']['before']>[2];

/** As long as an address before one of its signs is looked at. */
const LONGEST = 1_024;
const SPACES = [' ', '\n', '\t'];
const SIGN = /(?:_+|\*+|~+)/y;
const SCHEME = /https?:\/\/|www\./i;
/** A name and a path, as people write addresses. */
const BARE = /^[^\p{L}\p{N}]{0,8}[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}\//u;
const NAME = /[@#][\p{L}\p{N}_.]*$/u;
const BEYOND = /[<>()[\]]/;
const AT_END = /^(?:\]|[.,;:!?'"»)}]{0,4}(?:\s|$))/;

/**
 * Leaves the signs of an address as they are, `https://t.me/_salon_`, and those of a name, `@_salon_`: as emphasis they would be
 * lost, and the link with them. Those at its end are emphasis that ends there, unless it has such a line before.
 */
export const addressRule: InlineRule = (state, silent) => {
  SIGN.lastIndex = state.pos;
  const [sign] = SIGN.exec(state.src) ?? [];
  if (sign === undefined) return false;
  const address = addressBefore(state.src, state.pos);
  if (address === null) return false;
  const end = state.pos + sign.length;
  const isAtEnd = AT_END.test(state.src.slice(end, end + 6));
  if (isAtEnd && !(sign.startsWith('_') && address.includes('_'))) return false;
  if (!silent) state.pending += sign;
  state.pos = end;
  return true;
};

/** What of an address or a name stands before a place; null if the place is in none. */
function addressBefore(text: string, at: number): string | null {
  const word = wordBefore(text, at);
  const start = word.search(SCHEME);
  if (start === -1 && !BARE.test(word)) return NAME.exec(word)?.[0] ?? null;
  const address = word.slice(Math.max(0, start));
  return BEYOND.test(address) ? null : address;
}

/** What stands before a place without white space. */
function wordBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - LONGEST), at);
  return near.slice(Math.max(...SPACES.map((space) => near.lastIndexOf(space))) + 1);
}
