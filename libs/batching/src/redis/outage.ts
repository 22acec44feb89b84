import { ReplyError } from 'ioredis';

/** Redis cannot be reached or cannot write at present; nothing was stored that we know of, so it may be sent again. */
export class StoreUnavailableError extends Error {
  constructor(cause: unknown) {
    super(`Redis is unavailable: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StoreUnavailableError';
  }
}

// The codes by which a server says that it cannot serve now; it may later, without anybody mending it.
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

// The same, said in words behind the code of every other error: by Redis, and by hosted ones about what was paid for.
const PASSING_WORDS = [
  'WAIT cannot be used with replica instances',
  'max number of clients',
  'max requests limit exceeded',
  'max daily request limit exceeded',
  'quota exceeded',
];

// The codes by which a server says that it does not serve this user; an operator has to mend that.
const DENIED = new Set(['NOPERM', 'NOAUTH', 'WRONGPASS', 'DENIED']);

// What Redis before 7.2 says in place of NOPERM of a command inside a script.
const DENIED_WORDS = ['The user executing the script'];

// By these a server says that it is no master, or none any more: the address may lead to another one by now.
const DEMOTED = new Set(['READONLY', 'MASTERDOWN', 'LOADING', 'UNBLOCKED', 'REDIRECT']);

// Before version 7, Redis puts the error of a command in a script behind the place where it happened.
const WRAPPED = /^ERR Error running script .*: -([A-Z]+)\b/s;

// Where no redirection is followed, ioredis says so of every error that a cluster's server sent, and puts it behind.
const NOT_FOLLOWED = /^Too many Cluster redirections\. Last error: ReplyError: (.*)/s;

/** The code of an error reply, `OOM` say, wherever it stands in it; null for an error that no server sent. */
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

/** What a server said in short, so that nothing of what was sent to it is repeated: a code, or words known here. */
export function replyInShort(error: unknown): string | null {
  return wordsIn(error, PASSING_WORDS) ?? replyCode(error);
}

/** Why something did not work, for a person, without what could be a secret or an address. */
export function outageInShort(error: unknown): string {
  if (error instanceof StoreUnavailableError) return outageInShort(error.cause);
  return replyInShort(error) ?? (error as NodeJS.ErrnoException | null)?.code ?? 'no answer';
}

/** True for an error that the server sent because it cannot serve now, or that we have made of such. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  return PASSING.has(replyCode(error) ?? '') || wordsIn(error, PASSING_WORDS) !== null;
}

/** True for an error that the server sent because of who asked. */
export function isDenied(error: unknown): boolean {
  return DENIED.has(replyCode(error) ?? '') || wordsIn(error, DENIED_WORDS) !== null;
}

/** True where the server refuses by its own state or policy, so that it is no fault of what was asked. */
export function isRefusal(error: unknown): boolean {
  return isPassing(error) || isDenied(error);
}

/** True for an error by which a server says that another one is the master now, or soon. */
export function isDemoted(error: unknown): boolean {
  return DEMOTED.has(replyCode(error) ?? '');
}

/** Turns what a Redis command threw into `StoreUnavailableError`, unless the server found fault with the command. */
export function asOutage(error: unknown): unknown {
  return replyCode(error) === null || isRefusal(error) ? new StoreUnavailableError(error) : error;
}

function wordsIn(error: unknown, known: readonly string[]): string | null {
  const reply = replyIn(error);
  return known.find((words) => reply?.includes(words)) ?? null;
}

/** For a reading command: where its key holds something of another kind, there is nothing of this kind. */
export function nothingOfThisKind(error: unknown): null {
  if (replyCode(error) === 'WRONGTYPE') return null;
  throw error;
}
