import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler, Response } from 'express';
import {
  countRefusals,
  JsonLane,
  laneRoutesOf,
  Metrics,
  orderListeners,
  ProblemFilter,
  requestId,
  type Service,
  validationPipe,
} from '@app/platform';
import type { Settings } from '@app/settings';
import { accessWarnings } from './access/access-warnings';
import { CALLERS, callerOf } from './callers';
import { serveDocs } from './openapi/swagger';
import { securityHeaders } from './security-headers';
import { storeProblem } from './store-problem';

/**
 * Configures HTTP for an application that imports `WebhookModule`, and makes it a service that can end. Create it
 * without Nest's own body parser.
 */
export function prepareWebhookApp(app: NestExpressApplication, settings: Settings): Service {
  const { http } = settings;
  const problems = new ProblemFilter([storeProblem]);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', http.trustedProxies);
  app.use(requestId);
  app.use(...securityHeaders());
  if (http.corsOrigins.length > 0) app.enableCors({ origin: [...http.corsOrigins] });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(problems);
  serveDocs(app, http.publicUrl);
  const access = new Logger('Access');
  for (const line of accessWarnings(settings)) access.warn(line);
  return orderListeners(app, {
    watcher: countRefusals(app.get(Metrics), CALLERS, callerOf),
    lane: new JsonLane({
      routes: laneRoutesOf(app),
      limitBytes: http.bodyLimitBytes,
      headers: headersOf(securityHeaders()),
      problems,
    }),
  });
}

/** The headers of every answer over plain HTTP. JSON does not need those that tell a browser about a page over TLS. */
function headersOf(middlewares: readonly RequestHandler[]): Map<string, string> {
  const request = new IncomingMessage(new Socket()) as Request;
  const response = new ServerResponse(request) as Response;
  for (const middleware of middlewares) void middleware(request, response, () => undefined);
  return new Map(response.getHeaderNames().map((name) => [name, String(response.getHeader(name))]));
}
