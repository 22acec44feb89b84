import type { AppProcess } from './app-process';
import { type Answer, request } from './client';

/** Somebody who calls a webhook application with these headers: an operator with a key, or one without. */
export class AdminClient {
  constructor(
    private readonly app: AppProcess,
    private readonly headers: Record<string, string> = {},
  ) {}

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.call('POST', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path);
  }

  /** Stores a message that waits for more. */
  message(phone: string, message: string, fields: object = {}): Promise<Answer> {
    return this.post('/webhook/whatsapp/batched', { phone, message, ...fields });
  }

  private call(method: string, path: string, body?: unknown): Promise<Answer> {
    return request(method, this.app.url + path, body, this.headers);
  }
}
