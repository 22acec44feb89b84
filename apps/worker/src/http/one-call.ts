import { Client, errors, type FormData } from 'undici';
import { isForbidden, isNotConnected, watchedConnector } from './connector';

/** One HTTP request. */
export interface Call {
  method: 'GET' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string | FormData;
}

export interface CallLimits {
  /** From the beginning of the call to the end of its answer. */
  timeoutMs: number;
  /** Limit of the answer's body; a longer one is cut off while it streams. */
  maxBytes: number;
  /** False: an address that the internet cannot reach is refused before anything is sent there. */
  allowPrivate: boolean;
  /** Aborted when the call is no longer wanted. */
  signal?: AbortSignal | undefined;
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What is read of an answer while its connection is open. */
export type Reading<B> = (body: AsyncIterable<Buffer>, headers: Headers) => Promise<B>;

/**
 * The result of a call. `not-sent`: no connection was made, so the other end knows nothing of it. `no-answer`: it was
 * sent, wholly or in part, and its result is unknown. `interrupted`: the same, because of our own `signal`.
 * `unsendable`: it cannot be made an HTTP call, now or ever.
 */
export type Outcome<B> =
  | { kind: 'answered'; status: number; headers: Headers; body: B }
  | { kind: 'not-sent'; error: string; isForbidden?: true }
  | { kind: 'no-answer'; error: string }
  | { kind: 'interrupted' }
  | { kind: 'unsendable'; error: string };

/**
 * Makes one call on its own connection: there is no idle connection that could lose it, and whether anything was sent is
 * known. No redirect is followed. Never rejects.
 */
export async function callOnce<B>(
  { method, url, headers, body }: Call,
  limits: Omit<CallLimits, 'maxBytes'>,
  read: Reading<B>,
): Promise<Outcome<B>> {
  const connection = watchedConnector(limits);
  const client = new Client(url.origin, {
    connect: connection.connect,
    pipelining: 0,
    // One limit for the whole call, below.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await client.request({
      method,
      path: `${url.pathname}${url.search}`,
      headers: { 'user-agent': 'rapid-fire', ...headers },
      body: body ?? null,
      signal: limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout,
    });
    const { statusCode: status, headers: answered } = response;
    return { kind: 'answered', status, headers: answered, body: await read(response.body, answered) };
  } catch (error) {
    if (error instanceof errors.InvalidArgumentError) return { kind: 'unsendable', error: error.message };
    if (isNotConnected(error))
      return { kind: 'not-sent', error: error.message, ...(isForbidden(error) && { isForbidden: true }) };
    if (limits.signal?.aborted) return { kind: 'interrupted' };
    const what = timeout.aborted ? `no answer within ${limits.timeoutMs} ms` : describe(error);
    return connection.wasMade() ? { kind: 'no-answer', error: what } : { kind: 'not-sent', error: what };
  } finally {
    await client.destroy();
  }
}

function describe(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'the call failed';
}
