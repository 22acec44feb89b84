import { ReplyError } from 'ioredis';

/** Redis cannot be reached or cannot write at present; nothing was stored that we know of, so it may be sent again. */
export class StoreUnavailableError extends Error {
  constructor(cause: unknown) {
    super(`Redis is unavailable: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StoreUnavailableError';
  }
}

// The codes that open an error reply, by which a server says that it cannot serve now; all others are our fault.
// See https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
const PASSING = new Set([
  'LOADING',
  'READONLY',
  'OOM',
  'MISCONF',
  'NOREPLICAS',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'MOVED',
  'ASK',
  'BUSY',
  'EXECABORT',
  'UNBLOCKED',
]);

// What a server answers to `WAIT` that was a master a moment ago; it has no code of its own.
const WAIT_ON_REPLICA = 'ERR WAIT cannot be used with replica instances';

/** The code of an error reply, `OOM` say; null for an error that no server sent. */
export function replyCode(error: unknown): string | null {
  return error instanceof ReplyError ? ((error as Error).message.split(' ', 1)[0] ?? '') : null;
}

/** True for an error that the server sent because it cannot serve now, or that we have made of such. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  const code = replyCode(error);
  return code !== null && (PASSING.has(code) || (error as Error).message.startsWith(WAIT_ON_REPLICA));
}

/** Turns what a Redis command threw into `StoreUnavailableError`, unless the server found fault with the command. */
export function asOutage(error: unknown): unknown {
  return replyCode(error) === null || isPassing(error) ? new StoreUnavailableError(error) : error;
}
