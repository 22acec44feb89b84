import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FileWay } from '@app/gateways';
import { FileFetcher } from './file-fetcher';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on the loopback, and what it was asked. */
class Host {
  readonly asked: IncomingMessage[] = [];
  answer: Answer = (_, response) => response.setHeader('content-type', 'audio/ogg').end('sound');

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      this.asked.push(request);
      this.answer(request, response);
    });
  }

  static async start(): Promise<Host> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Host(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const MAX_BYTES = 1_000;

describe('the file of a customer', () => {
  let own: Host;
  let other: Host;

  beforeEach(async () => {
    [own, other] = await Promise.all([Host.start(), Host.start()]);
  });
  afterEach(() => Promise.all([own.stop(), other.stop()]));

  function fetch(way: FileWay): ReturnType<FileFetcher['fetch']> {
    const limits = { timeoutMs: 20_000, maxBytes: MAX_BYTES, signal: new AbortController().signal };
    return new FileFetcher().fetch(way, `${own.url}/api`, limits);
  }

  const at = (url: string): FileWay => ({ url: new URL(url), headers: { 'x-api-key': 'secret' } });
  const keysShown = ({ asked }: Host): unknown[] => asked.map(({ headers }) => headers['x-api-key']);

  it('is fetched from the gateway’s own server, on a private address too, with its token', async () => {
    expect(await fetch(at(`${own.url}/files/1.ogg`))).toEqual({
      kind: 'done',
      value: { bytes: Buffer.from('sound'), mimeType: 'audio/ogg' },
    });
    expect(keysShown(own)).toEqual(['secret']);
  });

  it('is fetched by a call below its address', async () => {
    await fetch({ path: ['files', 'a b.ogg'], query: { v: '1' }, headers: {} });
    expect(own.asked[0]?.url).toBe('/api/files/a%20b.ogg?v=1');
  });

  it('is fetched where a first answer leads, also as base64 in it', async () => {
    own.answer = ({ method, url }, response) =>
      response.end(JSON.stringify({ base64: Buffer.from(`${method} ${url}`).toString('base64') }));
    const way = { path: ['media'], headers: {}, body: { id: 1 } };
    const found = await fetch({ ...way, next: ({ base64 }) => ({ base64: String(base64) }) });
    expect(found).toMatchObject({ value: { bytes: Buffer.from('POST /api/media') } });
  });

  it.each([
    ['another port of this machine', () => other.url],
    ['localhost', () => other.url.replace('127.0.0.1', 'localhost')],
    ['an address in decimal', () => other.url.replace('127.0.0.1', '2130706433')],
    ['an address in IPv6', () => other.url.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
    ['a private network', () => 'http://10.0.0.1/'],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
    ['a user and password', () => own.url.replace('//', '//user:password@')],
    ['another protocol', () => 'ftp://example.test/1.ogg'],
  ])('is not fetched from %s', async (_, url) => {
    expect(await fetch(at(url()))).toMatchObject({ kind: 'missing', why: 'no-file' });
    expect(other.asked).toEqual([]);
  });

  it('is not fetched from a private address behind a redirect, and no token goes there', async () => {
    own.answer = (_, response) => response.writeHead(302, { location: `${other.url}/1.ogg` }).end();
    expect(await fetch(at(`${own.url}/1.ogg`))).toMatchObject({ kind: 'missing', why: 'no-file' });
    expect(await fetch({ path: ['1.ogg'], headers: { 'x-api-key': 'secret' } })).toMatchObject({
      why: 'no-file',
    });
    expect(other.asked).toEqual([]);
  });

  it('is fetched behind a redirect within the gateway’s own server', async () => {
    own.answer = ({ url }, response) =>
      url === '/1.ogg' ? response.end('moved sound') : response.writeHead(307, { location: '/1.ogg' }).end();
    expect(await fetch(at(`${own.url}/old.ogg`))).toMatchObject({
      value: { bytes: Buffer.from('moved sound') },
    });
  });

  it('is given up where redirects do not end', async () => {
    own.answer = (_, response) => response.writeHead(302, { location: '/again' }).end();
    expect(await fetch(at(`${own.url}/1.ogg`))).toMatchObject({ kind: 'missing', why: 'no-file' });
    expect(own.asked.length).toBeLessThan(10);
  });

  it('is too large by its length before it is read', async () => {
    own.answer = (_, response) => response.writeHead(200, { 'content-length': MAX_BYTES + 1 }).flushHeaders();
    expect(await fetch(at(`${own.url}/1.ogg`))).toMatchObject({ kind: 'missing', why: 'too-large' });
  });

  it('is too large while it streams without end', async () => {
    own.answer = (_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(100)), 1);
      response.on('close', () => clearInterval(timer));
    };
    expect(await fetch(at(`${own.url}/1.ogg`))).toMatchObject({ kind: 'missing', why: 'too-large' });
  });

  it.each([
    [404, 'missing'],
    [401, 'missing'],
    [429, 'again'],
    [503, 'again'],
  ])('is, after %i, %s', async (status, kind) => {
    own.answer = (_, response) => response.writeHead(status).end();
    expect(await fetch(at(`${own.url}/1.ogg`))).toMatchObject({ kind });
  });

  it('is tried again where its server’s name is not known', async () => {
    const url = 'https://nobody.invalid/1.ogg';
    expect(await fetch(at(url))).toMatchObject({
      kind: 'again',
      error: expect.not.stringContaining('nobody') as string,
    });
  });

  it('is tried again where its server cannot be reached', async () => {
    const { url } = own;
    await own.stop();
    const limits = { timeoutMs: 20_000, maxBytes: MAX_BYTES, signal: new AbortController().signal };
    expect(await new FileFetcher().fetch(at(`${url}/1.ogg`), url, limits)).toMatchObject({ kind: 'again' });
    own = await Host.start();
  });
});
