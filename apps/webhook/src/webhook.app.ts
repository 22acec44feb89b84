import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Settings } from '@app/batching';
import { GATEWAY_NAMES } from '@app/gateways';
import {
  bodyProblem,
  countRefusals,
  jsonBody,
  Metrics,
  ProblemFilter,
  rawBody,
  requestId,
  validationPipe,
} from '@app/platform';
import { CALLERS, callerOf } from './callers';
import { serveDocs } from './openapi/swagger';
import { securityHeaders } from './security-headers';
import { storeProblem } from './store-problem';

// Their bodies are parsed once their signature is checked, and one that is no JSON is no reason to send it again.
const GATEWAY_ROUTES = GATEWAY_NAMES.map((name) => `/webhook/${name}`);

/** Gives an application that imports `WebhookModule` its HTTP manners. Create it without Nest's own body parser. */
export function prepareWebhookApp(app: NestExpressApplication, { http }: Settings): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(countRefusals(app.get(Metrics), CALLERS, callerOf));
  app.set('trust proxy', http.trustedProxies);
  app.use(requestId);
  app.use(...securityHeaders());
  if (http.corsOrigins.length > 0) app.enableCors({ origin: [...http.corsOrigins] });
  app.use(GATEWAY_ROUTES, rawBody(http.bodyLimitBytes));
  app.use(...jsonBody(http.bodyLimitBytes));
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter([storeProblem, bodyProblem]));
  serveDocs(app);
  sayWhatIsOpen(http);
}

function sayWhatIsOpen({ webhookSecrets, adminKeys }: Settings['http']): void {
  const logger = new Logger('Access');
  if (webhookSecrets.length === 0)
    logger.warn('WEBHOOK_SECRET is not set: anybody who reaches this port can post messages');
  if (adminKeys.length === 0)
    logger.warn('ADMIN_API_KEY is not set: anybody who reaches this port can see and clear batches');
}
