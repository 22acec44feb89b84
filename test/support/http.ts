/** An answer, with its body parsed if it is JSON. */
export interface Answer {
  status: number;
  type: string;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

// Longer than any answer of ours takes on a busy machine: a request that a dying process never took must not wait for ever.
const ANSWER_MS = 30_000;

/** Sends a request unchanged: the body is neither encoded nor checked. */
export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), ...init });
  const text = await response.text();
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  const body = type.endsWith('json') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, type, headers: response.headers, text, body };
}

/** Posts JSON. */
export function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
