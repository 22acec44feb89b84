import { request } from 'node:http';
import { BATCHED, System } from './support/system';

interface Got {
  status: number | undefined;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

// What differs from answer to answer, whichever way it takes.
const OF_ITS_OWN = ['date', 'x-request-id', 'content-length', 'connection', 'keep-alive'];

describe('a post that takes the short way', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start({
      batcher: false,
      env: { WEBHOOK_SECRET: 'webhook-secret', MAX_BATCH_BYTES: '262144' },
    });
  });
  afterAll(() => system.stop());

  /** The usual way takes what is sent in chunks, the short one what comes with its length. */
  function post(
    text: string | Buffer,
    way: 'short' | 'usual',
    headers: Record<string, string> = {},
  ): Promise<Got> {
    return new Promise((resolve, reject) => {
      const length = { 'content-length': String(Buffer.byteLength(text)) };
      const all = {
        'content-type': 'application/json',
        'x-webhook-secret': 'webhook-secret',
        ...(way === 'short' ? length : {}),
        ...headers,
      };
      const sent = request(system.webhook.url + BATCHED, { method: 'POST', headers: all }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => {
          const shown = Object.entries(response.headers).filter(([name]) => !OF_ITS_OWN.includes(name));
          resolve({
            status: response.statusCode,
            headers: Object.fromEntries(shown.map(([name, value]) => [name, String(value)])),
            body: JSON.parse(answer) as Record<string, unknown>,
          });
        });
      });
      sent.on('error', reject);
      sent.write(text);
      sent.end();
    });
  }

  it.each([
    ['is stored', '{"phone": "79001234567", "message": "Привет"}', 200],
    ['is a list', '{"messages": [{"phone": "79001234567", "message": "a"}, {"phone": "1"}]}', 200],
    ['lacks what it needs', '{"phone": "79001234567"}', 400],
    ['is no JSON', '{"phone": ', 400],
    ['is not UTF-8', Buffer.from('{"phone": "79001234567", "message": "não"}', 'latin1'), 400],
    ['is a list without an object around it', '[{"phone": "79001234567", "message": "a"}]', 200],
    ['is JSON and no object', '7', 400],
    ['is empty', '{}', 400],
    ['has no byte', '', 400],
    ['begins with a byte order mark', '\ufeff{"phone": "79001234567", "message": "a"}', 200],
    ['holds too much', JSON.stringify({ phone: '79001234567', message: 'x'.repeat(300_000) }), 413],
  ])('and %s is answered as on the usual way', async (_, text, status) => {
    const short = await post(text, 'short');
    const usual = await post(text, 'usual');
    expect(short.status).toBe(status);
    expect(short.headers).toEqual(usual.headers);
    expect(withoutPlace(short.body)).toEqual(withoutPlace(usual.body));
  });

  it('and has the wrong secret is refused as on the usual way', async () => {
    const wrong = { 'x-webhook-secret': 'something-else' };
    const text = '{"phone": "79001234567", "message": "a"}';
    expect(await post(text, 'short', wrong)).toEqual(await post(text, 'usual', wrong));
  });

  it('and comes in pieces is put together, characters cut in two included', async () => {
    const text = JSON.stringify({ phone: '79007654321', message: 'Привет'.repeat(8_000) });
    expect(await post(text, 'short')).toMatchObject({ status: 200, body: { outcome: 'opened' } });
    const [element = ''] = await system.redis.lrange('rapid-fire:79007654321', 0, -1);
    expect((JSON.parse(element) as { text: string }).text).toBe('Привет'.repeat(8_000));
  });
});

/** The second of two messages has another place in the batch than the first. */
function withoutPlace(body: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(body).replace(/"(outcome|size|dueAt)":[^,}]+/g, '"$1":0'));
}
