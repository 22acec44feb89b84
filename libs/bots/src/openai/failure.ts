import { isObject, type JsonObject } from '../answer/json';
import { failed, type Reading } from '../answer/reading';

/** Kinds of errors that may be gone the next time. */
const PASSING = new Set(['server_error', 'rate_limit_exceeded', 'overloaded_error', 'timeout']);

/** An error in a 2xx, as routers in front of several models give it, and a response with `status: "failed"`; null if there is none. */
export function failureIn({ error }: JsonObject): Reading | null {
  if (!isObject(error)) return null;
  const { code, type, message } = error;
  const isPassing =
    PASSING.has(String(code)) || PASSING.has(String(type)) || Number(code) >= 500 || Number(code) === 429;
  return failed(message, isPassing);
}
