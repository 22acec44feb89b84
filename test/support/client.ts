/** What a webhook answered, and how long it took. */
export interface Answer {
  /** 0 where there was none. */
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  ms: number;
}

const ANSWER_MS = 10_000;

/** Sends a request with a JSON body, or none; never throws. */
export async function request(method: string, url: string, body?: unknown, headers = {}): Promise<Answer> {
  const began = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    return {
      status: response.status,
      headers: response.headers,
      body: answer,
      ms: performance.now() - began,
    };
  } catch (error) {
    return {
      status: 0,
      headers: new Headers(),
      body: { error: String(error) },
      ms: performance.now() - began,
    };
  }
}

/** Posts one fragment of one customer. */
export function send(
  webhookUrl: string,
  phone: string,
  message: string,
  messageId?: string,
): Promise<Answer> {
  return request('POST', `${webhookUrl}/webhook/whatsapp/batched`, { phone, message, messageId });
}
