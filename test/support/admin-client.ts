import type { AppProcess } from './app-process';

/** An answer with its body read as JSON; empty where it is none. */
export interface AdminAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** An operator with a key, or somebody who takes messages in. */
export class AdminClient {
  constructor(
    private readonly app: AppProcess,
    private readonly headers: Record<string, string> = {},
  ) {}

  get(path: string): Promise<AdminAnswer> {
    return this.send('GET', path);
  }

  post(path: string, body?: unknown): Promise<AdminAnswer> {
    return this.send('POST', path, body);
  }

  delete(path: string): Promise<AdminAnswer> {
    return this.send('DELETE', path);
  }

  /** Stores a message that waits for more. */
  message(phone: string, message: string, fields: object = {}): Promise<AdminAnswer> {
    return this.post('/webhook/whatsapp/batched', { phone, message, ...fields });
  }

  private async send(method: string, path: string, body?: unknown): Promise<AdminAnswer> {
    const headers = { ...this.headers, ...(body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(this.app.url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }
}
