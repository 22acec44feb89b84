import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { type ProblemDetails, ProblemException } from './problem';

/** Recognises an error of a library that carries its HTTP status without being Nest's. */
export type KnownError = (error: unknown) => ProblemException | null;

/** Answers every error as problem details; an unforeseen error becomes a 500 that tells the caller nothing. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  /** @param known asked in turn about errors that are not HTTP's own. */
  constructor(private readonly known: readonly KnownError[]) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { problem, retryAfterS } = this.describe(error);
    if (response.headersSent) return;
    if (retryAfterS !== undefined) response.setHeader('Retry-After', retryAfterS);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** The answer to an error; an unforeseen error is logged. */
  describe(error: unknown): { problem: ProblemDetails; retryAfterS: number | undefined } {
    const exception = this.asHttp(error);
    const retryAfterS = exception instanceof ProblemException ? exception.retryAfterS : undefined;
    return { problem: describe(exception), retryAfterS };
  }

  private asHttp(error: unknown): HttpException {
    if (error instanceof HttpException) return error;
    for (const name of this.known) {
      const exception = name(error);
      if (exception) return exception;
    }
    this.logger.error(
      'Unforeseen error',
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    return new ProblemException(500, { detail: 'The server could not do this. Its log says why.' });
  }
}

function describe(exception: HttpException): ProblemDetails {
  const status = exception.getStatus();
  const title = STATUS_CODES[status] ?? 'Error';
  if (exception instanceof ProblemException)
    return { type: 'about:blank', title, status, ...exception.problem };
  const body = exception.getResponse();
  // Terminus answers with what is up and what is down; its own `status` gives way to HTTP's.
  if (typeof body === 'object' && 'details' in body) return { ...body, type: 'about:blank', title, status };
  return { type: 'about:blank', title, status, detail: exception.message };
}
