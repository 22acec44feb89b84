import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { parseJson } from './body';
import type { ProblemFilter } from './problem.filter';
import { requestIdOf, withRequestId } from './request-id';

export interface LaneOptions {
  /** Path → the handler that answers a body posted there. */
  routes: ReadonlyMap<string, (body: unknown) => Promise<unknown>>;
  /** Whether a request may take the lane; asked before its body is read. */
  admits: (request: IncomingMessage) => boolean;
  limitBytes: number;
  /** The headers of every answer. */
  headers: ReadonlyMap<string, string>;
  problems: ProblemFilter;
}

const PLAIN_JSON = /^application\/json(?:; ?charset=utf-8)?$/i;

/**
 * Answers the calls that arrive in thousands a second without Express, whose routing and answering cost more than all
 * other work for such a call. Any request that is not an ordinary JSON post to one of its routes takes the usual way, which
 * would give these requests the same answers; see ADR 5.
 */
export class JsonLane {
  private readonly headers: string[];

  constructor(private readonly options: LaneOptions) {
    this.headers = [...options.headers].flat();
  }

  /** Puts the lane in front of the server's present request listeners. */
  openOn(server: Server): void {
    const usualWay = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const answer = this.routeOf(request);
      if (answer) this.take(request, response, answer);
      else for (const listener of usualWay) listener.call(server, request, response);
    });
  }

  private routeOf(request: IncomingMessage): ((body: unknown) => Promise<unknown>) | undefined {
    const { method, url = '', headers } = request;
    const answer = method === 'POST' ? this.options.routes.get(url) : undefined;
    const bytes = Number(headers['content-length']);
    const isPlain =
      PLAIN_JSON.test(headers['content-type'] ?? '') &&
      bytes > 0 &&
      bytes <= this.options.limitBytes &&
      headers['content-encoding'] === undefined &&
      headers.origin === undefined;
    return answer && isPlain && this.options.admits(request) ? answer : undefined;
  }

  private take(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (body: unknown) => Promise<unknown>,
  ): void {
    const id = requestIdOf(request);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // After an abort no caller waits for an answer.
    request.on('error', () => undefined);
    request.on('end', () => {
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      withRequestId(id, () => {
        new Promise((resolve) => resolve(answer(parseJson(bytes))))
          .then(
            (value) => this.send(response, id, 200, 'application/json; charset=utf-8', JSON.stringify(value)),
            (error: unknown) => this.refuse(response, id, error),
          )
          // The answer could not be written: without a connection the sender tries again.
          .catch(() => response.destroy());
      });
    });
  }

  private refuse(response: ServerResponse, id: string, error: unknown): void {
    const { problem, retryAfterS } = this.options.problems.describe(error);
    if (retryAfterS !== undefined) response.setHeader('Retry-After', retryAfterS);
    this.send(
      response,
      id,
      problem.status,
      'application/problem+json; charset=utf-8',
      JSON.stringify(problem),
    );
  }

  private send(response: ServerResponse, id: string, status: number, type: string, text: string): void {
    const length = String(Buffer.byteLength(text));
    const own = ['X-Request-Id', id, 'Content-Type', type, 'Content-Length', length];
    response.writeHead(status, [...this.headers, ...own]).end(text);
  }
}
