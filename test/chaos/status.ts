const ANSWER_MS = 5_000;

/** The status that a request with JSON is answered with; 0 where there is no answer. */
export async function statusOf(method: string, url: string, body?: string): Promise<number> {
  try {
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
