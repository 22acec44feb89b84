/** The most replies that one answer may contain; the rest is left out and reported. */
export const REPLY_BOUNDS = { count: 20, bytes: 32_768 } as const;

/** What an answer that is no reply looks like. */
export type AnswerShape = 'json' | 'html' | 'text';

export interface Understood {
  replies: string[];
  /** How many replies had to be left out, for number or size. */
  leftOut: number;
  /** Null if everything was understood, including that there is nothing to say. */
  notUnderstood: AnswerShape | null;
}

/**
 * The bot's replies: `{"reply": "…"}` or `{"replies": ["…"]}`, one text or several under either name, or
 * a list of such objects, as workflow engines wrap them. An empty body, `{}`, `[]`, `null` and empty replies say nothing.
 * Anything else is not understood; its readable part still counts as replies.
 */
export function repliesOf(body: string): Understood {
  const answer = parse(body);
  if (answer === undefined) {
    const shape = /^<(?:!|[a-z])/i.test(body.trim()) ? 'html' : 'text';
    return { replies: [], leftOut: 0, notUnderstood: shape };
  }
  const parts = ([answer] as unknown[]).flat().map(textsOf);
  const said = parts.flatMap(({ texts }) => texts).filter((text) => text.trim() !== '');
  const notUnderstood = parts.every(({ isUnderstood }) => isUnderstood) ? null : 'json';
  return { ...bounded(said), notUnderstood };
}

/** The texts of one object, in order, and whether it has no other field that may be meant for the customer. */
function textsOf(answer: unknown): { texts: string[]; isUnderstood: boolean } {
  if (answer === null) return { texts: [], isUnderstood: true };
  if (typeof answer !== 'object' || Array.isArray(answer)) return { texts: [], isUnderstood: false };
  const { reply, replies } = answer as { reply?: unknown; replies?: unknown };
  const said = ([reply, replies] as unknown[]).flat().filter((text) => text !== null && text !== undefined);
  const texts = said.filter((text) => typeof text === 'string');
  const isNamed = 'reply' in answer || 'replies' in answer || Object.keys(answer).length === 0;
  return { texts, isUnderstood: isNamed && texts.length === said.length };
}

function bounded(said: readonly string[]): { replies: string[]; leftOut: number } {
  const replies: string[] = [];
  let bytes = 0;
  for (const text of said) {
    bytes += Buffer.byteLength(text);
    if (replies.length === REPLY_BOUNDS.count || bytes > REPLY_BOUNDS.bytes) break;
    replies.push(text);
  }
  return { replies, leftOut: said.length - replies.length };
}

/** Undefined if it is no JSON. Servers put a byte order mark before it, and newlines to keep a connection alive. */
function parse(body: string): unknown {
  const text = body.trim();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
