import { isUtf8 } from 'node:buffer';
import { isShallow } from './json-levels';
import { type FieldError, ProblemException } from './problem';

/** Whoever reads a body field by field would run out of stack; no body that means anything is nearly as deep. */
const MOST_LEVELS = 500;

const DETAILS: Record<string, string> = {
  'entity.too.large': 'The body is larger than BODY_LIMIT.',
  'entity.parse.failed': 'The body is not valid JSON.',
  'charset.invalid': 'The body is not valid UTF-8: send JSON in UTF-8, as every JSON library writes it.',
  'encoding.unsupported': 'The body has an encoding that is not supported.',
  'charset.unsupported': 'The body has a character set that is not supported.',
  'too.deep': `The body is nested more than ${MOST_LEVELS} levels deep.`,
  'request.aborted': 'The request ended before its body.',
};

/** Bytes of another encoding, read as UTF-8, would be stored with their accents lost. Reported as Express's parser does. */
export class NotUtf8Error extends Error {
  readonly type = 'charset.invalid';
  readonly status = 400;
}

/**
 * A body as text, without the byte order mark that some senders put in front.
 *
 * @throws ProblemException 400 if the bytes are not UTF-8.
 */
export function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw bodyProblem(new NotUtf8Error());
  const text = bytes.toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * The JSON of a body, as strict as Express's parser: an object or a list.
 *
 * @throws ProblemException 400 for anything else, in words that do not quote it.
 */
export function parseJson(bytes: Buffer): unknown {
  const text = textOf(bytes);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The parser's message would quote the body.
  }
  throw bodyProblem({ type: 'entity.parse.failed', status: 400 });
}

/** @throws ProblemException 400 for a body that is nested without end. */
export function requireLevels(body: unknown): void {
  if (!isShallow(body, MOST_LEVELS)) throw bodyProblem({ type: 'too.deep', status: 400 });
}

/** What an error of Express's parser means: it has a status and, unless the body cannot be unpacked, a type. */
export function bodyProblem(error: unknown): ProblemException {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const detail = (typeof type === 'string' ? DETAILS[type] : undefined) ?? 'The body cannot be read.';
  const errors: FieldError[] = [{ field: 'body', message: detail }];
  return new ProblemException(typeof status === 'number' ? status : 400, { detail, errors });
}
