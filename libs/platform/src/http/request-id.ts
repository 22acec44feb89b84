import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'x-request-id';
// What a log line or a header could be broken with stays out.
const TAKEN = /^[\w.:-]{1,128}$/;

const current = new AsyncLocalStorage<string>();

/** Gives each request the id that it came with, or one of ours; its answer and every log line on its way say it. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers[HEADER];
  const id = typeof given === 'string' && TAKEN.test(given) ? given : randomUUID();
  response.setHeader(HEADER, id);
  current.run(id, next);
}

/** The id of the request that this code runs for; undefined where it runs for none. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}
