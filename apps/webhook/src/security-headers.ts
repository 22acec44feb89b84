import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

const directives = {
  // Swagger UI and Bull Board need inline styles, but nothing from other sites: Bull Board's fonts would report every look
  // at the queue to Google, and delay the page on a host without internet access.
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
  // The pages work over plain HTTP too.
  upgradeInsecureRequests: null,
};

/** The security headers of our pages. */
export function securityHeaders(): RequestHandler[] {
  return [
    helmet({ contentSecurityPolicy: { directives }, crossOriginOpenerPolicy: false }),
    whereSecure(helmet.crossOriginOpenerPolicy()),
  ];
}

/** Over plain HTTP a browser ignores the header and reports an error. */
function whereSecure(header: ReturnType<typeof helmet.crossOriginOpenerPolicy>): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.secure) header(request, response, next);
    else next();
  };
}
