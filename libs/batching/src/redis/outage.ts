import { ReplyError } from 'ioredis';

/** Redis cannot be reached or cannot write now; as far as we know nothing was stored, so it may be sent again. */
export class StoreUnavailableError extends Error {
  constructor(cause: unknown) {
    super(`Redis is unavailable: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StoreUnavailableError';
  }
}

// The codes by which a server says that it cannot serve now; it may recover without an operator.
// See https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
const PASSING = new Set([
  'LOADING',
  'READONLY',
  'OOM',
  'MISCONF',
  'NOREPLICAS',
  'MASTERDOWN',
  'NOMASTERLINK',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'MOVED',
  'ASK',
  'REDIRECT',
  'BUSY',
  'EXECABORT',
  'UNBLOCKED',
  'IOERR',
]);

// The same, as texts behind a general error code: from Redis, and from hosted services about their plans.
const PASSING_WORDS = [
  'WAIT cannot be used with replica instances',
  'max number of clients',
  'max requests limit exceeded',
  'max daily request limit exceeded',
  'quota exceeded',
];

// The codes by which a server says that it does not serve this user; an operator has to change that.
const DENIED = new Set(['NOPERM', 'NOAUTH', 'WRONGPASS', 'DENIED']);

// The text of Redis before 7.2 in place of NOPERM, for a command inside a script.
const DENIED_WORDS = ['The user executing the script'];

// By these a server says that it is no master, or no longer one: the address may lead to another one by now.
const DEMOTED = new Set(['READONLY', 'MASTERDOWN', 'LOADING', 'UNBLOCKED', 'REDIRECT']);

// Before version 7, Redis puts the error of a command in a script after the place where it happened.
const WRAPPED = /^ERR Error running script .*: -([A-Z]+)\b/s;

// If it follows no redirection, ioredis adds this text in front of every error that a cluster's server sent.
const NOT_FOLLOWED = /^Too many Cluster redirections\. Last error: ReplyError: (.*)/s;

/** The code of an error reply, such as `OOM`, wherever it stands in the text; null for an error that no server sent. */
export function replyCode(error: unknown): string | null {
  const reply = replyIn(error);
  if (reply === null) return null;
  return WRAPPED.exec(reply)?.[1] ?? reply.split(' ', 1)[0] ?? '';
}

/** The text that a server sent; null for an error that no server sent. */
function replyIn(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof ReplyError) return error.message;
  return NOT_FOLLOWED.exec(error.message)?.[1] ?? null;
}

/** A server's error in short, so that nothing that was sent to it is repeated: a code, or a known text. */
export function replyInShort(error: unknown): string | null {
  return wordsIn(error, PASSING_WORDS) ?? replyCode(error);
}

/** The reason of a failure, for a person, without what could be a secret or an address. */
export function outageInShort(error: unknown): string {
  if (error instanceof StoreUnavailableError) return outageInShort(error.cause);
  return replyInShort(error) ?? (error as NodeJS.ErrnoException | null)?.code ?? 'no answer';
}

/** True for an error that the server sent because it cannot serve now, or that we have made from such an error. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  return PASSING.has(replyCode(error) ?? '') || wordsIn(error, PASSING_WORDS) !== null;
}

/** True for an error that the server sent because of the user. */
export function isDenied(error: unknown): boolean {
  return DENIED.has(replyCode(error) ?? '') || wordsIn(error, DENIED_WORDS) !== null;
}

/** True if the server refuses because of its own state or policy, so that the request is not at fault. */
export function isRefusal(error: unknown): boolean {
  return isPassing(error) || isDenied(error);
}

/** True for an error by which a server says that another one is the master now, or soon. */
export function isDemoted(error: unknown): boolean {
  return DEMOTED.has(replyCode(error) ?? '');
}

/** Turns the error of a Redis command into `StoreUnavailableError`, unless the command itself was at fault. */
export function asOutage(error: unknown): unknown {
  return replyCode(error) === null || isRefusal(error) ? new StoreUnavailableError(error) : error;
}

function wordsIn(error: unknown, known: readonly string[]): string | null {
  const reply = replyIn(error);
  return known.find((words) => reply?.includes(words)) ?? null;
}

/** For a reading command: if its key holds another type, there is nothing of this type. */
export function nothingOfThisKind(error: unknown): null {
  if (replyCode(error) === 'WRONGTYPE') return null;
  throw error;
}
