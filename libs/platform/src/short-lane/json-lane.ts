import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../http/body';
import type { ProblemFilter } from '../http/problem.filter';
import { requestIdOf, withRequestId } from '../http/request-id';
import type { LaneRoute } from './lane-routes';

export interface LaneOptions {
  /** By path. */
  routes: ReadonlyMap<string, LaneRoute>;
  limitBytes: number;
  /** The headers of every answer. */
  headers: ReadonlyMap<string, string>;
  problems: ProblemFilter;
}

const PLAIN_JSON = /^application\/json(?:; ?charset=utf-8)?$/i;

/**
 * The short lane: answers ordinary JSON posts to its routes without Express. All other requests are left to Nest, which
 * would give these the same answers; see ADR 5.
 */
export class JsonLane {
  private readonly headers: string[];

  constructor(private readonly options: LaneOptions) {
    this.headers = [...options.headers].flat();
  }

  /** Takes a request, or leaves it untouched. */
  takes(request: IncomingMessage, response: ServerResponse): boolean {
    const route = this.routeOf(request);
    if (route) this.answer(request, response, route);
    return route !== undefined;
  }

  /** The guards are asked before the body is read. */
  private routeOf(request: IncomingMessage): LaneRoute | undefined {
    const { method, url = '', headers } = request;
    const route = method === 'POST' ? this.options.routes.get(url) : undefined;
    const bytes = Number(headers['content-length']);
    const isPlain =
      PLAIN_JSON.test(headers['content-type'] ?? '') &&
      bytes > 0 &&
      bytes <= this.options.limitBytes &&
      headers['content-encoding'] === undefined &&
      headers.origin === undefined;
    return isPlain && route?.guards.every((guard) => guard.admits(request)) ? route : undefined;
  }

  private answer(request: IncomingMessage, response: ServerResponse, route: LaneRoute): void {
    const id = requestIdOf(request);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // After an abort no caller waits for an answer.
    request.on('error', () => undefined);
    request.on('end', () => {
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      withRequestId(id, () => {
        new Promise((resolve) => resolve(route.answer(parseJson(bytes))))
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
