import { once } from 'node:events';
import { Agent, createServer, get, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { LastAnswers } from './last-answers';

const STUCK = Symbol('stuck');

describe('a server that is told to close', () => {
  let server: Server;
  let agent: Agent;
  let lastAnswers: LastAnswers;

  beforeEach(async () => {
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
    lastAnswers = new LastAnswers();
    server = createServer(lastAnswers.listener);
    server.on('connection', lastAnswers.connected);
    server.on('request', (_request, response) => setTimeout(() => response.end('ok'), 10));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => {
    agent.destroy();
    server.closeAllConnections();
  });

  it('ends with the answers to what it has taken, though its client keeps its one connection busy', async () => {
    await keepBusy();
    lastAnswers.begin();
    expect(await closedOrStuck()).not.toBe(STUCK);
  });

  it('ends though a client has connected in advance, and asked nothing', async () => {
    const before = await connectInAdvance();
    lastAnswers.begin();
    const later = await connectInAdvance();
    expect(await closedOrStuck()).not.toBe(STUCK);
    for (const socket of [before, later]) if (!socket.destroyed) await once(socket, 'close');
  });

  it('answers who connected in advance and asks at the last moment', async () => {
    const socket = await connectInAdvance();
    lastAnswers.begin();
    const closed = closedOrStuck();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1.1 200/);
    expect(await closed).not.toBe(STUCK);
  });

  async function connectInAdvance(): Promise<Socket> {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await Promise.all([once(socket, 'connect'), once(server, 'connection')]);
    socket.on('error', () => undefined).resume();
    return socket;
  }

  /** Resolves while one of many requests is being answered; the others follow it on the same connection. */
  function keepBusy(): Promise<unknown> {
    const { port } = server.address() as AddressInfo;
    // More than can be answered before the time is up: the connection never idles.
    for (let i = 0; i < 3_000; i += 1) {
      get({ port, host: '127.0.0.1', agent }, (response) => response.resume()).on('error', () => undefined);
    }
    return once(server, 'request');
  }

  async function closedOrStuck(): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise((resolve) => (timer = setTimeout(() => resolve(STUCK), 20_000)));
    const closed = new Promise<void>((done) => server.close(() => done()));
    try {
      return await Promise.race([closed, stuck]);
    } finally {
      clearTimeout(timer);
    }
  }
});
