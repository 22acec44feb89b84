import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'x-request-id';
// Excludes every character that could break a log line or a header.
const TAKEN = /^[\w.:-]{1,128}$/;

const current = new AsyncLocalStorage<string>();

/** Gives each request the id that it came with, or a new one; its answer and all of its log lines contain it. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const id = requestIdOf(request);
  response.setHeader(HEADER, id);
  withRequestId(id, next);
}

/** The id that a request came with, or a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[HEADER];
  return typeof given === 'string' && TAKEN.test(given) ? given : randomUUID();
}

/** Runs a function for the request of this id; its log lines contain the id. */
export function withRequestId(id: string, run: () => void): void {
  current.run(id, run);
}

/** The id of the request that this code runs for; undefined outside of a request. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}
