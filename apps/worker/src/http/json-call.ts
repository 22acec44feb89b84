import { type Body, readBounded } from './bounded-body';
import { type CallLimits, callOnce, type Outcome } from './one-call';

/** A `POST` of exactly these bytes. */
export interface JsonCall {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export type CallOutcome = Outcome<Body>;

/** Makes one call, as `callOnce` does, and reads its answer as text. Never rejects. */
export async function callJson({ url, headers, body }: JsonCall, limits: CallLimits): Promise<CallOutcome> {
  const outcome = await callOnce(
    { method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body },
    limits,
    (stream, answered) => readBounded(stream, limits.maxBytes, answered),
  );
  if (outcome.kind !== 'not-sent' || !outcome.isForbidden) return outcome;
  return { kind: 'not-sent', error: `${outcome.error}, which BOT_ALLOW_PRIVATE=true would allow` };
}
