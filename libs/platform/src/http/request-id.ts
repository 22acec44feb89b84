import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'x-request-id';
// What a log line or a header could be broken with stays out.
const TAKEN = /^[\w.:-]{1,128}$/;

const current = new AsyncLocalStorage<string>();

/** Gives each request the id that it came with, or one of ours; its answer and every log line on its way say it. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const id = requestIdOf(request);
  response.setHeader(HEADER, id);
  withRequestId(id, next);
}

/** The id that a request came with, or one of ours. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[HEADER];
  return typeof given === 'string' && TAKEN.test(given) ? given : randomUUID();
}

/** Runs something for the request of this id; its log lines say so. */
export function withRequestId(id: string, run: () => void): void {
  current.run(id, run);
}

/** The id of the request that this code runs for; undefined where it runs for none. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}
