/**
 * An answer, read. `said`: in the words of our own contract, `{"reply": …}` or `{"replies": […]}` or a list of such; with
 * `state`, what is to be kept for the next call instead of what was, if it changed. `failed`: the bot says, although in a
 * 2xx, that it failed; another attempt may help if that is `passing`. `odd`: not understood.
 */
export type Reading =
  | { readonly kind: 'said'; readonly answer: unknown; readonly state?: unknown }
  | { readonly kind: 'failed'; readonly error: string; readonly passing: boolean }
  | { readonly kind: 'odd' };

export const ODD: Reading = { kind: 'odd' };

/** One reply, or several in their order; what is kept follows, if it changed. */
export function said(replies: readonly SaidReply[], state?: unknown): Reading {
  return { kind: 'said', answer: { replies }, ...(state !== undefined && { state }) };
}

/** What the bot says in one bubble. */
export type SaidReply = string | RichReply;

interface RichReply {
  readonly text: string;
  readonly media?: { readonly type: 'image' | 'video' | 'audio' | 'document'; readonly url: string };
  readonly buttons?: readonly { readonly id: string; readonly text: string }[];
}

const LONGEST_ERROR = 200;

/** @param error the bot's own words, of which the beginning is kept. */
export function failed(error: unknown, passing: boolean): Reading {
  const words = typeof error === 'string' && error.trim() !== '' ? error.trim() : 'no reason given';
  return { kind: 'failed', error: words.slice(0, LONGEST_ERROR), passing };
}
