import { isUtf8 } from 'node:buffer';
import {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  json,
  raw,
} from 'express';
import { type FieldError, ProblemException } from './problem';

const DETAILS: Record<string, string> = {
  'entity.too.large': 'The body is larger than BODY_LIMIT.',
  'entity.parse.failed': 'The body is not valid JSON.',
  'charset.invalid': 'The body is not valid UTF-8: send JSON in UTF-8, as every JSON library writes it.',
  'encoding.unsupported': 'The body has an encoding that is not supported.',
  'charset.unsupported': 'The body has a character set that is not supported.',
  'request.aborted': 'The request ended before its body.',
};

/** JSON bodies up to a limit, their bytes kept for signatures; a body of another type is refused, not ignored. */
export function jsonBody(limitBytes: number): (RequestHandler | ErrorRequestHandler)[] {
  const keepBytes = (
    request: Request & { rawBody?: Buffer },
    _: unknown,
    bytes: Buffer,
    charset: string,
  ): void => {
    request.rawBody = bytes;
    if (charset === 'utf-8' && !isUtf8(bytes)) throw new NotUtf8Error();
  };
  return [refuseOtherTypes, json({ limit: limitBytes, verify: keepBytes }), nameProblem];
}

/** The bytes of a body up to a limit, for routes that check a signature over them before they look inside. */
export function rawBody(limitBytes: number): RequestHandler {
  return raw({ limit: limitBytes, type: () => true });
}

// Before Nest sees it, for Nest would answer with the parser's own words, which quote the body.
const nameProblem: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  next(bodyProblem(error) ?? error);
};

function refuseOtherTypes(request: Request, _: Response, next: NextFunction): void {
  const hasBody =
    request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  const isEmpty = request.headers['content-length'] === '0';
  if (hasBody && !isEmpty && !request.is(['json', '+json'])) {
    next(new ProblemException(415, { detail: 'Send the body as application/json.' }));
    return;
  }
  next();
}

/** Bytes of another encoding, read as UTF-8, would be stored with their accents lost. */
class NotUtf8Error extends Error {
  readonly type = 'charset.invalid';
  readonly status = 400;
}

/**
 * A body as text; a byte order mark, which some senders put in front, is no part of it.
 *
 * @throws an error that `bodyProblem` names, where the bytes are not UTF-8.
 */
export function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new NotUtf8Error();
  const text = bytes.toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Names an error of the body parser, which carries a type and a status. */
export function bodyProblem(error: unknown): ProblemException | null {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (typeof type !== 'string' || typeof status !== 'number') return null;
  const errors: FieldError[] = [{ field: 'body', message: DETAILS[type] ?? 'The body cannot be read.' }];
  return new ProblemException(status, { detail: DETAILS[type] ?? 'The body cannot be read.', errors });
}
