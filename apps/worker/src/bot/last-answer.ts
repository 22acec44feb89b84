import { redact } from '@app/gateways';
import type { CallOutcome } from '../http/json-call';
import type { Headers } from '../http/one-call';

/** The last answer of another system, bounded and without secrets, for an operator who looks for the cause. */
export interface LastAnswer {
  /** Null without an answer. */
  status: number | null;
  /** Why it is no success. */
  error: string;
  headers: Record<string, string>;
  body: string;
}

/** A shorter text may stand in any answer, which would be spoilt: it is no secret, or a poor one. */
export const SHORTEST_SECRET = 8;

const MAX_BODY = 2048;
const MAX_HEADER = 256;
/** Headers that help to find the cause; `location` may hold a token, so it is not among them. */
const HEADERS = ['content-type', 'retry-after', 'server', 'date', 'x-request-id'];

/** @param secrets texts that must not be kept, wherever they occur; those below `SHORTEST_SECRET` characters are passed over. */
export function lastAnswer(
  call: Exclude<CallOutcome, { kind: 'interrupted' }>,
  error: string,
  secrets: readonly string[],
): LastAnswer {
  if (call.kind !== 'answered') return { status: null, error: call.error, headers: {}, body: '' };
  return {
    status: call.status,
    error,
    headers: kept(call.headers),
    body: without(secrets, readable(call.body.text)).slice(0, MAX_BODY),
  };
}

function kept(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value.slice(0, MAX_HEADER)]] : [];
    }),
  );
}

/** Drops fields that are named like a secret, with the others that `redact` drops; a text that is no JSON object is unchanged. */
function readable(text: string): string {
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return isObject ? JSON.stringify(redact(json as Record<string, unknown>)) : text;
  } catch {
    return text;
  }
}

function without(secrets: readonly string[], text: string): string {
  const long = secrets.filter(({ length }) => length >= SHORTEST_SECRET);
  return long.reduce((rest, secret) => rest.replaceAll(secret, '[removed]'), text);
}
