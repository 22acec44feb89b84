import type { Span } from '../marked-text';

const SIGN = /[*_~`\n]/g;
const CODE = '`';
/** What a mark may stand next to on its outside. */
const OUTSIDE = /^[^\p{L}\p{N}]?$/u;
const INSIDE = /^\S$/;

interface Open {
  readonly sign: string;
  readonly at: number;
}

/**
 * The stretches between WhatsApp's own marks in a text that stays as it is written, inner before outer: in one line, free on
 * their outside, and with no space on their inside.
 *
 * @param code stretches that are known already, ascending: marks mean nothing in them.
 */
export function chatSpans(text: string, code: readonly Span[]): Span[] {
  const spans: Span[] = [];
  let open: Open[] = [];
  let passed = 0;
  for (const { index: at, 0: sign } of text.matchAll(SIGN)) {
    while ((code[passed]?.end ?? Infinity) <= at) passed += 1;
    if (sign === '\n' || (code[passed]?.start ?? Infinity) <= at) {
      open = [];
      continue;
    }
    const [before, behind] = [text.charAt(at - 1), text.charAt(at + 1)];
    const place = open.findIndex((one) => one.sign === sign);
    const start = open[place]?.at ?? at;
    if (start < at - 1 && INSIDE.test(before) && OUTSIDE.test(behind)) {
      open = open.slice(0, place);
      const mark = [sign, sign] as const;
      const isCode = sign === CODE;
      spans.push({ start, contentStart: start + 1, contentEnd: at, end: at + 1, mark, isCode });
    } else if (place === -1 && open.at(-1)?.sign !== CODE && OUTSIDE.test(before) && INSIDE.test(behind))
      open.push({ sign, at });
  }
  return spans;
}
