import { Reflector } from '@nestjs/core';

/** The media types that a body may have, as Express's `request.is` takes them, and the one that a refusal asks for. */
export const FORMATS = {
  json: { types: ['json', '+json'], name: 'application/json' },
  form: { types: ['urlencoded'], name: 'application/x-www-form-urlencoded' },
} as const;

/** How a body is written. */
export type BodyFormat = keyof typeof FORMATS;

/** Says how the bodies of a route that takes bytes are written; JSON otherwise. */
export const TakesBody = Reflector.createDecorator<BodyFormat>();
