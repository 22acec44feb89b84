import { Client, errors } from 'undici';
import { type Body, readBounded } from './bounded-body';
import { isNotConnected, watchedConnector } from './connector';

/** A `POST` of exactly these bytes. */
export interface JsonCall {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
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

/**
 * The result of a call. `not-sent`: no connection was made, so the other end knows nothing of it. `no-answer`: it was
 * sent, wholly or in part, and its result is unknown. `interrupted`: the same, because of our own `signal`.
 * `unsendable`: it cannot be made an HTTP call, now or ever.
 */
export type CallOutcome =
  | { kind: 'answered'; status: number; headers: Headers; body: Body }
  | { kind: 'not-sent'; error: string }
  | { kind: 'no-answer'; error: string }
  | { kind: 'interrupted' }
  | { kind: 'unsendable'; error: string };

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Makes one call on its own connection: there is no idle connection that could lose it, and whether anything was sent is
 * known. No redirect is followed. Never rejects.
 */
export async function callJson({ url, headers, body }: JsonCall, limits: CallLimits): Promise<CallOutcome> {
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
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: { 'content-type': 'application/json', 'user-agent': 'rapid-fire', ...headers },
      body,
      signal: limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout,
    });
    const { statusCode: status, headers: answered } = response;
    const read = await readBounded(response.body, limits.maxBytes, answered['content-encoding']);
    return { kind: 'answered', status, headers: answered, body: read };
  } catch (error) {
    if (error instanceof errors.InvalidArgumentError) return { kind: 'unsendable', error: error.message };
    if (isNotConnected(error)) return { kind: 'not-sent', error: error.message };
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
