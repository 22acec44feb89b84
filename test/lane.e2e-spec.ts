import { request } from 'node:http';
import { BATCHED, System } from './support/system';

interface Got {
  status: number | undefined;
  headers: Record<string, string>;
  /** As it was written, without the time at which a batch is due. */
  text: string;
  lane: 'short' | 'nest';
}

// What differs from answer to answer, whichever lane it takes.
const OF_ITS_OWN = ['date', 'x-request-id', 'connection', 'keep-alive'];

describe('a post that takes the short lane', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start({
      batcher: false,
      env: { WEBHOOK_SECRET: 'webhook-secret', MAX_BATCH_BYTES: '262144' },
    });
  });
  afterAll(() => system.stop());

  /** What comes with its length takes the short lane, if nothing else is odd about it; what comes in chunks does not. */
  async function post(
    text: string | Buffer,
    form: 'whole' | 'chunked',
    headers: Record<string, string> = {},
  ): Promise<Got> {
    // An answer says what else is in the batch.
    await system.redis.flushdb();
    const before = await takenByShortLane();
    const length = { 'content-length': String(Buffer.byteLength(text)) };
    const all = {
      'content-type': 'application/json',
      'x-webhook-secret': 'webhook-secret',
      ...(form === 'whole' ? length : {}),
      ...headers,
    };
    const got = await answerTo(text, all);
    return { ...got, lane: (await takenByShortLane()) > before ? 'short' : 'nest' };
  }

  async function takenByShortLane(): Promise<number> {
    const shown = await (await fetch(`${system.webhook.url}/metrics`)).text();
    return Number(/^rapid_fire_http_requests_total\{lane="short"\} (\d+)$/m.exec(shown)?.[1]);
  }

  function answerTo(text: string | Buffer, headers: Record<string, string>): Promise<Omit<Got, 'lane'>> {
    return new Promise((resolve, reject) => {
      const sent = request(system.webhook.url + BATCHED, { method: 'POST', headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => {
          const shown = Object.entries(response.headers).filter(([name]) => !OF_ITS_OWN.includes(name));
          resolve({
            status: response.statusCode,
            headers: Object.fromEntries(shown.map(([name, value]) => [name, String(value)])),
            text: answer.replace(/"dueAt":\d{13}/g, '"dueAt":0'),
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
    ['begins with a byte order mark', '\ufeff{"phone": "79001234567", "message": "a"}', 200],
    ['holds too much', JSON.stringify({ phone: '79001234567', message: 'x'.repeat(300_000) }), 413],
  ])('and %s is answered as Nest answers it, byte by byte', async (_, text, status) => {
    const short = await post(text, 'whole');
    const nest = await post(text, 'chunked');
    expect([short.lane, short.status, nest.lane]).toEqual(['short', status, 'nest']);
    expect({ ...short, lane: 'nest' }).toEqual(nest);
  });

  it.each([
    ['has the wrong secret', { 'x-webhook-secret': 'something-else' }, 401],
    ['has no secret', { 'x-webhook-secret': '' }, 401],
    ['has a signature, which needs the body', { 'x-signature': 'ab', 'x-timestamp': '1' }, 401],
    ['comes from a page', { origin: 'https://example.org' }, 200],
    ['is of another type', { 'content-type': 'text/plain' }, 415],
    ['has parameters to its type', { 'content-type': 'application/json; charset="utf-8"' }, 200],
  ])('is left to Nest where it %s', async (_, headers, status) => {
    const text = '{"phone": "79001234567", "message": "a"}';
    const whole = await post(text, 'whole', headers);
    expect([whole.lane, whole.status]).toEqual(['nest', status]);
    expect(await post(text, 'chunked', headers)).toEqual(whole);
  });

  it('is left to Nest where it has no byte', async () => {
    expect(await post('', 'whole')).toMatchObject({ status: 400, lane: 'nest' });
  });

  it('and comes in pieces is put together, characters cut in two included', async () => {
    const text = JSON.stringify({ phone: '79007654321', message: 'Привет'.repeat(8_000) });
    const { status, lane } = await post(text, 'whole');
    expect([status, lane]).toEqual([200, 'short']);
    const [element = ''] = await system.redis.lrange('rapid-fire:79007654321', 0, -1);
    expect((JSON.parse(element) as { text: string }).text).toBe('Привет'.repeat(8_000));
  });
});
