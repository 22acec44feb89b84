import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, ProblemException } from './problem';

/** Checks DTOs; the error names every wrong field, and unknown fields are ignored. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    exceptionFactory: (errors) => invalid(fieldErrors(errors)),
  });
}

/** People read an answer, and a hundred errors show what is wrong. */
const MAX_ERRORS = 100;

/** A 400 that names every wrong field, of a long list the first hundred. */
export function invalid(errors: FieldError[]): ProblemException {
  const named = errors.slice(0, MAX_ERRORS);
  const fields = named.map(({ field }) => field).join(', ');
  const more = errors.length > named.length ? ` and ${errors.length - named.length} more` : '';
  return new ProblemException(400, { detail: `Not valid: ${fields}${more}.`, errors: named });
}

/** The errors of class-validator as a flat list, each with its path. */
export function fieldErrors(errors: readonly ValidationError[], path = ''): FieldError[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const field = /^\d+$/.test(property) ? `${path}[${property}]` : path ? `${path}.${property}` : property;
    const own = constraints ? [{ field, message: Object.values(constraints).join('; ') }] : [];
    return [...own, ...fieldErrors(children ?? [], field)];
  });
}
