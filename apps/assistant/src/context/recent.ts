import type { Exchange } from '../turn/turn-plan';

/** A token of most texts is no shorter than this, and Cyrillic ones no longer: an estimate on the safe side. */
const CHARACTERS_PER_TOKEN = 2.5;

/** About so many tokens has a text. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** The latest exchanges that have room in so many tokens, and those before them. The last one is always among the former. */
export function splitByRoom(
  exchanges: readonly Exchange[],
  tokens: number,
): { older: Exchange[]; recent: Exchange[] } {
  let room = tokens;
  let from = exchanges.length;
  while (from > 0) {
    const { colleagues = [], customer = '', assistant = '' } = exchanges[from - 1] ?? {};
    room -= [...colleagues, customer, assistant].reduce((sum, text) => sum + tokensOf(text), 0);
    if (room < 0 && from < exchanges.length) break;
    from -= 1;
  }
  return { older: exchanges.slice(0, from), recent: exchanges.slice(from) };
}
