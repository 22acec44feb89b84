import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { freePort } from '../../../../test/support/free-port';
import { sendJson, StandIn } from '../../../../test/support/stand-in';
import { type CallOutcome, callJson } from './json-call';
import type { CallLimits } from './one-call';

const LIMITS: CallLimits = { timeoutMs: 30_000, maxBytes: 1_000, allowPrivate: true };

describe('a call', () => {
  let other: StandIn;
  beforeAll(async () => {
    other = await StandIn.start();
  });
  beforeEach(() => {
    other.heard.length = 0;
    other.answer = (_, response) => sendJson(response, 200, { ok: true });
  });
  afterAll(() => other.stop());

  const call = (limits: Partial<CallLimits> = {}, url = other.url): Promise<CallOutcome> =>
    callJson({ url: new URL('/path?query=1', url), headers: {}, body: '{"ы":1}' }, { ...LIMITS, ...limits });

  it('sends these very bytes', async () => {
    expect(await call()).toMatchObject({ kind: 'answered', status: 200, body: { isWhole: true } });
    expect(other.heard).toMatchObject([{ method: 'POST', path: '/path?query=1', body: '{"ы":1}' }]);
  });

  it('follows no redirect', async () => {
    other.answer = (_, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await call()).toMatchObject({ kind: 'answered', status: 307 });
    expect(other.heard).toHaveLength(1);
  });

  it('cuts an answer off where it becomes too long', async () => {
    other.answer = (_, response) => response.writeHead(200).end('a'.repeat(5_000));
    expect(await call()).toMatchObject({
      kind: 'answered',
      body: { text: 'a'.repeat(1_000), isWhole: false },
    });
  });

  // 'Да' in windows-1251, as old servers write it.
  const OLD = Buffer.concat([Buffer.from('{"reply":"'), Buffer.from([0xc4, 0xe0]), Buffer.from('"}')]);

  it.each<[string, Buffer]>([
    ['application/json; charset=windows-1251', OLD],
    ['application/json; Charset="cp1251"', OLD],
    ['application/json; charset=utf-16le', Buffer.from('{"reply":"Да"}', 'utf16le')],
    // What servers call it by default.
    ['application/json; charset=iso-8859-1', Buffer.from('{"reply":"Да"}')],
    ['application/json; charset=unknown-to-us', Buffer.from('{"reply":"Да"}')],
    ['application/json', Buffer.from('\uFEFF{"reply":"Да"}')],
  ])('reads an answer in its character set: %s', async (type, bytes) => {
    other.answer = (_, response) => response.writeHead(200, { 'content-type': type }).end(bytes);
    const { body } = (await call()) as { body: { text: string } };
    expect(body.text.trim()).toBe('{"reply":"Да"}');
  });

  it.each<[string, (text: string) => Buffer]>([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['deflate, gzip', (text) => gzipSync(deflateSync(text))],
    ['identity', (text) => Buffer.from(text)],
    ['unknown-to-us', (text) => Buffer.from(text)],
    // A proxy that unpacks and leaves the header.
    ['gzip', (text) => Buffer.from(text)],
  ])('reads an answer that comes as %s unasked', async (coding, encode) => {
    const text = '{"reply":"здравствуйте"}';
    other.answer = (_, response) => response.writeHead(200, { 'content-encoding': coding }).end(encode(text));
    expect(await call()).toMatchObject({ kind: 'answered', body: { text, isWhole: true } });
    expect(other.heard[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('unfolds no more than it would read', async () => {
    other.answer = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(1_000_000)));
    expect(await call({ maxBytes: 2_000 })).toMatchObject({ kind: 'answered', body: { isWhole: false } });
  });

  it.each<[string, StandIn['answer']]>([
    ['says nothing', () => undefined],
    ['begins and does not end', (_, response) => void response.writeHead(200).write('{')],
  ])('is given up where the other end %s', async (_, answer) => {
    other.answer = answer;
    expect(await call({ timeoutMs: 2_000 })).toEqual({
      kind: 'no-answer',
      error: 'no answer within 2000 ms',
    });
  });

  it('ends without an answer where the connection breaks', async () => {
    other.answer = (_, response) => response.socket?.resetAndDestroy();
    expect(await call()).toMatchObject({ kind: 'no-answer' });
  });

  it('is certainly not sent to a port without a listener', async () => {
    expect(await call({}, `http://127.0.0.1:${await freePort()}`)).toEqual({
      kind: 'not-sent',
      error: 'ECONNREFUSED',
    });
    expect(await call({ timeoutMs: 1_000 }, 'http://nobody.invalid')).toMatchObject({ kind: 'not-sent' });
  });

  it('is certainly not sent where TLS fails', async () => {
    const plain = createServer((socket) => socket.end('no TLS')).listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    const { port } = plain.address() as { port: number };
    expect(await call({}, `https://127.0.0.1:${port}`)).toMatchObject({
      kind: 'not-sent',
      error: expect.stringContaining('speaks http, not https') as string,
    });
    plain.close();
  });

  it.each(['line\nbreak', 'ключ'])('cannot be sent with a header of %j, and never tries to', async (text) => {
    const headers = { 'idempotency-key': text };
    expect(await callJson({ url: new URL(other.url), headers, body: '{}' }, LIMITS)).toEqual({
      kind: 'unsendable',
      error: 'invalid idempotency-key header',
    });
    expect(other.heard).toEqual([]);
  });

  it('is broken off when it is no longer wanted', async () => {
    other.answer = () => undefined;
    const stop = new AbortController();
    const outcome = call({ signal: stop.signal });
    await other.hears(1);
    stop.abort('shutting down');
    expect(await outcome).toEqual({ kind: 'interrupted' });
  });

  it.each([
    ['::1', '[::1]'],
    ['::1', 'localhost'],
    ['127.0.0.1', 'localhost'],
    ['127.0.0.1', 'bot.localhost'],
  ])('reaches who listens on %s alone as %s', async (address, host) => {
    const server = createHttpServer((_, response) => sendJson(response, 200, {})).listen(0, address);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const outcome = await call({}, `http://${host}:${port}`);
    server.close();
    expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
  });

  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    'bot.localhost',
    '2130706433',
    '0177.1',
    '[::ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
  ])('does not reach %s where only public addresses are allowed', async (host) => {
    const url = `http://${host}:${new URL(other.url).port}`;
    expect(await call({ allowPrivate: false }, url)).toEqual({
      kind: 'not-sent',
      error: 'its address is private or loopback, which BOT_ALLOW_PRIVATE=true would allow',
    });
    expect(other.heard).toEqual([]);
  });
});
