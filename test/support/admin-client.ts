import { type Answer, postJson, send } from './http';

/** Calls a webhook application with these headers, as an operator with a key or without one. */
export class AdminClient {
  constructor(
    private readonly app: { readonly url: string },
    private readonly headers: Record<string, string> = {},
  ) {}

  get(path: string): Promise<Answer> {
    return send(this.app.url + path, { headers: this.headers });
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return postJson(this.app.url + path, body, this.headers);
  }

  put(path: string, body: object, more: Record<string, string> = {}): Promise<Answer> {
    const headers = { ...this.headers, 'content-type': 'application/json', ...more };
    return send(this.app.url + path, { method: 'PUT', headers, body: JSON.stringify(body) });
  }

  delete(path: string, more: Record<string, string> = {}): Promise<Answer> {
    return send(this.app.url + path, { method: 'DELETE', headers: { ...this.headers, ...more } });
  }

  /** Stores a message in a batch that stays open. */
  message(phone: string, message: string, fields: object = {}): Promise<Answer> {
    return this.post('/webhook/whatsapp/batched', { phone, message, ...fields });
  }
}
