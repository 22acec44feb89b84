import { adminKey } from './key';

/** What a call was answered: a status of 0 means that nobody answered. */
export interface Answer<T> {
  status: number;
  body: T;
}

/** The part of a problem (RFC 9457) that a person reads. */
export interface Problem {
  detail?: string;
  title?: string;
}

/** Below which path the webhook is served here: empty, or what a proxy puts in front of it. */
const HOME = location.pathname.replace(/\/live\/?$/, '');

/** Asks the webhook of this page. @param path from its root. */
export function ask(path: string, init: RequestInit): Promise<Response> {
  return fetch(HOME + path, init);
}

/** How long an answer is waited for, ms: what looks is done again soon, what changes something may work on much. */
const PATIENCE_MS = { look: 15_000, change: 120_000 } as const;

/** Calls the webhook with the key of this tab, if there is one. Never rejects. */
export async function call<T>(
  method: string,
  path: string,
  body?: object,
  headers?: Record<string, string>,
): Promise<Answer<T & Problem>> {
  const key = adminKey.get();
  try {
    const response = await ask(path, {
      method,
      signal: AbortSignal.timeout(method === 'GET' ? PATIENCE_MS.look : PATIENCE_MS.change),
      headers: {
        ...headers,
        ...(key !== null && { 'x-api-key': key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as T & Problem };
  } catch {
    return { status: 0, body: {} as T & Problem };
  }
}

/** Why something could not be read. */
export function whyNot({ status, body }: Answer<Problem>): Unread {
  return { why: status === 0 ? null : (body.detail ?? String(status)) };
}

/** Something that could not be read. */
export interface Unread {
  /** Null: nobody answers. */
  why: string | null;
}

/** What was read; null where nothing is, or it cannot be. */
export function readIn<T extends object>(loaded: T | Unread | null): T | null {
  return loaded === null || isUnread(loaded) ? null : loaded;
}

export function isUnread(loaded: object): loaded is Unread {
  return 'why' in loaded;
}

/** Begins a session in which this browser may look; true if the key is right. */
export async function beginSession(key: string): Promise<number> {
  adminKey.set(key);
  const { status } = await call('POST', '/live/session');
  if (status === 401) adminKey.forget();
  return status;
}
