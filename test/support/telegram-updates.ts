import { sampleOf } from './gateway-samples';
import { signed } from './gateway-signatures';
import { type Answer, send } from './http';

/** A sample's update as an object, for a test to change. */
export function update(file: string, changed: Record<string, unknown> = {}): Record<string, object> {
  const whole = JSON.parse(sampleOf(`telegram/${file}.json`).bytes.toString()) as Record<string, object>;
  const kind = Object.keys(whole).find((name) => name !== 'update_id') ?? '';
  return { ...whole, [kind]: { ...whole[kind], ...changed } };
}

/** Posts an update as Telegram does, or what looks like one. */
export function post(url: string, body: object | string): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', ...signed('telegram', text) };
  return send(`${url}/webhook/telegram`, { method: 'POST', headers, body: text });
}
