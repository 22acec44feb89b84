import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProblemException } from './problem';
import { UnprovenBodies } from './unproven-bodies';

const KB = 1024;
const MOST = 256 * KB;

describe('bodies of senders not known yet', () => {
  let server: Server;
  let bodies: UnprovenBodies;

  beforeEach(async () => {
    bodies = new UnprovenBodies(MOST);
    server = createServer((incoming, response) => {
      const read = async (): Promise<number> => {
        let bytes = 0;
        for await (const chunk of incoming) bytes += (chunk as Buffer).length;
        return bytes;
      };
      bodies.during(incoming, response, read).then(
        (bytes) => response.end(String(bytes)),
        (error: unknown) =>
          response.writeHead(error instanceof ProblemException ? error.getStatus() : 400).end(),
      );
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** A body that grows on demand; its answer is the number of bytes, or a status that is not 200. */
  function aBody(): { grow: (bytes: number) => void; end: () => void; answer: Promise<string | undefined> } {
    const { port } = server.address() as AddressInfo;
    const sent = request({ port, host: '127.0.0.1', method: 'POST' });
    const answer = new Promise<string | undefined>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => {
        if (response.statusCode !== 200) resolve(String(response.statusCode));
        response.setEncoding('utf8').on('data', resolve);
      });
    });
    return { grow: (bytes) => sent.write(Buffer.alloc(bytes)), end: () => sent.end(), answer };
  }

  it('are read where there is room, one after the other as often as may be', async () => {
    for (let i = 0; i < 4; i += 1) {
      const body = aBody();
      body.grow(MOST / 2);
      body.end();
      expect(await body.answer).toBe(String(MOST / 2));
    }
  });

  it('give way beyond the bound, the largest first', async () => {
    const [small, large] = [aBody(), aBody()];
    small.grow(8 * KB);
    large.grow(MOST);
    expect(await large.answer).toBe('503');
    small.end();
    expect(await small.answer).toBe(String(8 * KB));
  });

  it('that break off hold nothing any more', async () => {
    for (let i = 0; i < 4; i += 1) {
      const { port } = server.address() as AddressInfo;
      const sent = request({ port, host: '127.0.0.1', method: 'POST' }).on('error', () => undefined);
      const gone = new Promise<void>((resolve) =>
        server.once('request', (incoming, response) => {
          incoming.once('data', () => sent.destroy());
          response.once('close', resolve);
        }),
      );
      sent.write(Buffer.alloc(MOST / 2));
      await gone;
    }
    const body = aBody();
    body.grow(MOST / 2);
    body.end();
    expect(await body.answer).toBe(String(MOST / 2));
  });
});
