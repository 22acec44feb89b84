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

/** Calls the webhook with the key of this tab, if there is one. Never rejects. */
export async function call<T>(method: string, path: string, body?: object): Promise<Answer<T & Problem>> {
  const key = adminKey.get();
  try {
    const response = await fetch(path, {
      method,
      headers: {
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

/** Begins a session in which this browser may look; true if the key is right. */
export async function beginSession(key: string): Promise<number> {
  adminKey.set(key);
  const { status } = await call('POST', '/live/session');
  if (status === 401) adminKey.forget();
  return status;
}
