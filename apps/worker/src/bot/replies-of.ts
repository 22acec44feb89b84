/** More than this the bot does not say at once; what is beyond is left out, and said to be. */
export const REPLY_BOUNDS = { count: 20, bytes: 32_768 } as const;

/** What an answer is that is no reply, as far as one sees at a glance. */
export type AnswerShape = 'json' | 'html' | 'text';

export interface Understood {
  replies: string[];
  /** How many replies had to be left out, for number or size. */
  leftOut: number;
  /** Null where everything was understood, also that there is nothing to say. */
  notUnderstood: AnswerShape | null;
}

/**
 * What the bot says to the customer: `{"reply": "…"}` or `{"replies": ["…"]}`, one text or several under either name, or
 * a list of such objects, as workflow engines wrap them. Nothing to say are an empty body, `{}`, `[]`, `null`, and replies that are empty. All else is not
 * understood; what of it can be read is said all the same.
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

/** The texts of one object, in order, and whether there was nothing else that may be meant for the customer. */
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

/** Undefined where it is no JSON. Servers put a byte order mark before it, and newlines to keep a connection alive. */
function parse(body: string): unknown {
  const text = body.trim();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
