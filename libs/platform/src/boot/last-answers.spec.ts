import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withLastAnswers } from './last-answers';

const STUCK = Symbol('stuck');

describe('a server whose client keeps its one connection busy', () => {
  let server: Server;
  let agent: Agent;

  beforeEach(async () => {
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
    server = createServer((_request, response) => setTimeout(() => response.end('ok'), 10));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => {
    agent.destroy();
    server.closeAllConnections();
  });

  const app = {
    getHttpServer: () => server,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };

  it('ends with the answers to what it has taken', async () => {
    const service = withLastAnswers(app);
    await askTwice();
    expect(await closedOrStuck(service)).toBeUndefined();
  });

  it('would not end otherwise', async () => {
    await askTwice();
    expect(await closedOrStuck(app)).toBe(STUCK);
  });

  /** Resolves once a request is answered; another is under way then, and so on for as long as it goes. */
  function askTwice(): Promise<void> {
    const { port } = server.address() as AddressInfo;
    return new Promise((answered) => {
      const ask = (): void => {
        get({ port, host: '127.0.0.1', agent }, (response) => response.resume().once('end', answered)).on(
          'error',
          () => undefined,
        );
      };
      // More than can be answered before the time is up: the connection never idles.
      for (let i = 0; i < 500; i += 1) ask();
    });
  }

  async function closedOrStuck(service: { close(): Promise<void> }): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise((resolve) => (timer = setTimeout(() => resolve(STUCK), 2_000)));
    try {
      return await Promise.race([service.close(), stuck]);
    } finally {
      clearTimeout(timer);
    }
  }
});
