import type { z } from 'zod';
import { YClientsError } from './yclients-error';

/** How to reach a branch in YClients. */
export interface YClientsAccess {
  /** What stands in front of the paths: `https://api.yclients.com/api/v1`. */
  url: string;
  companyId: number;
  partnerToken: string;
  userToken: string;
}

/** The longest that YClients may take for one answer, ms; with all of a turn's acts, less than a commit notice waits. */
const PATIENCE_MS = 10_000;

type Query = Readonly<Record<string, string | number | readonly number[]>>;

/** One call of YClients' REST API, version 2 (https://developer.yclients.com). */
export class YClientsClient {
  constructor(private readonly access: YClientsAccess) {}

  get companyId(): number {
    return this.access.companyId;
  }

  get<T>(path: string, data: z.ZodType<T>, query: Query = {}, signal?: AbortSignal): Promise<T> {
    return this.call('GET', withQuery(path, query), { data, signal });
  }

  post<T>(path: string, data: z.ZodType<T>, body: object, signal?: AbortSignal): Promise<T> {
    return this.call('POST', path, { data, body, signal });
  }

  put<T>(path: string, data: z.ZodType<T>, body: object): Promise<T> {
    return this.call('PUT', path, { data, body });
  }

  async delete(path: string): Promise<void> {
    await this.fetch('DELETE', path, {});
  }

  /** @throws YClientsError with YClients' own words, or that it gave no answer that can be read. */
  private async call<T>(
    method: string,
    path: string,
    { data, ...call }: { data: z.ZodType<T>; body?: object; signal?: AbortSignal | undefined },
  ): Promise<T> {
    const answer = await this.fetch(method, path, call);
    const read = data.safeParse(answer);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    throw new YClientsError(
      502,
      `YClients answered ${path} oddly: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  }

  private async fetch(
    method: string,
    path: string,
    { body, signal }: { body?: object; signal?: AbortSignal | undefined },
  ): Promise<unknown> {
    const { url, partnerToken, userToken } = this.access;
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url + path, {
      method,
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      headers: {
        accept: 'application/vnd.yclients.v2+json',
        authorization: `Bearer ${partnerToken}, User ${userToken}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new YClientsError(503, `YClients cannot be reached: ${(error as Error).name}`);
    });
    const text = await response.text();
    if (!response.ok) throw new YClientsError(response.status, messageIn(text));
    return text === '' ? null : (JSON.parse(text) as { data: unknown }).data;
  }
}

function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'object') for (const each of value) search.append(`${name}[]`, String(each));
    else search.append(name, String(value));
  }
  return search.size > 0 ? `${path}?${search.toString()}` : path;
}

/** YClients says in `meta.message` what is wrong. */
function messageIn(text: string): string {
  try {
    const { meta } = JSON.parse(text) as { meta?: { message?: string; errors?: object } };
    return [meta?.message, meta?.errors && JSON.stringify(meta.errors)]
      .filter(Boolean)
      .join(' ')
      .slice(0, 500);
  } catch {
    return 'without a reason';
  }
}
