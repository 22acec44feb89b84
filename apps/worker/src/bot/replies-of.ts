/** More than this the bot does not say at once; what is beyond is left out, and said to be. */
export const REPLY_BOUNDS = { count: 20, bytes: 32_768 } as const;

/**
 * What the bot says to the customer: `{"reply": "…"}` or `{"replies": ["…"]}`. Anything else, and an answer that is no
 * JSON, says nothing.
 *
 * @returns also how many replies had to be left out, for number or size.
 */
export function repliesOf(body: string): { replies: string[]; leftOut: number } {
  const said = textsOf(parse(body)).filter((text) => text.trim() !== '');
  const replies: string[] = [];
  let bytes = 0;
  for (const text of said) {
    bytes += Buffer.byteLength(text);
    if (replies.length === REPLY_BOUNDS.count || bytes > REPLY_BOUNDS.bytes) break;
    replies.push(text);
  }
  return { replies, leftOut: said.length - replies.length };
}

function textsOf(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const { reply, replies } = answer as { reply?: unknown; replies?: unknown };
  const several = Array.isArray(replies) ? (replies as unknown[]) : [];
  return [reply, ...several].filter((text) => typeof text === 'string');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
