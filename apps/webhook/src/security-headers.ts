import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

const directives = {
  // Swagger UI and Bull Board need inline styles, and nothing of other sites: Bull Board's fonts would tell Google
  // of every look at the queue, and keep a page waiting where there is no way out.
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
  // The pages work over plain HTTP too.
  upgradeInsecureRequests: null,
};

/** What browsers are told about our pages. */
export function securityHeaders(): RequestHandler[] {
  return [
    helmet({ contentSecurityPolicy: { directives }, crossOriginOpenerPolicy: false }),
    whereSecure(helmet.crossOriginOpenerPolicy()),
  ];
}

/** Over plain HTTP a browser ignores the header, and calls that an error. */
function whereSecure(header: ReturnType<typeof helmet.crossOriginOpenerPolicy>): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.secure) header(request, response, next);
    else next();
  };
}
