import { HttpException } from '@nestjs/common';

/** One wrong field. */
export interface FieldError {
  /** A path into the body or the query: `messages[1].phone`. */
  field: string;
  message: string;
}

/** An error answer as RFC 9457 describes it. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
  [extension: string]: unknown;
}

/** An error answer that says more than its status: wrong fields, or when to try again. */
export class ProblemException extends HttpException {
  constructor(
    status: number,
    readonly problem: { detail: string; errors?: FieldError[]; [extension: string]: unknown },
    readonly retryAfterS?: number,
  ) {
    super(problem, status);
  }
}
