import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually';

/** A request as it was received, its body byte for byte. */
export interface Heard {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  atMs: number;
}

/** Answers one request; may also act on its connection, or do nothing. */
export type Answerer = (heard: Heard, response: ServerResponse) => void;

/** A real HTTP server in place of a bot or of a gateway's API, which does what the test says. */
export class StandIn {
  readonly heard: Heard[] = [];
  /** Its behaviour; by default it answers 200 with an empty object. */
  answer: Answerer = (_, response) => sendJson(response, 200, {});

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        const heard = { method, path, headers, body, atMs: Date.now() };
        this.heard.push(heard);
        this.answer(heard, response);
      });
    });
  }

  static async start(): Promise<StandIn> {
    const server = createServer();
    // If the server closed a connection just as a stalled caller writes, it would look like a fault.
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new StandIn(server, (server.address() as AddressInfo).port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves with all requests, once there are this many. */
  hears(howMany: number, timeoutMs?: number): Promise<Heard[]> {
    return eventually(
      `${howMany} requests`,
      () => Promise.resolve(this.heard),
      ({ length }) => length >= howMany,
      timeoutMs,
    );
  }

  /** Refuses connections, like a port without a listener, until it comes back. */
  async goAway(): Promise<void> {
    await this.stop();
  }

  /** Listens again, on the same port. */
  async comeBack(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
