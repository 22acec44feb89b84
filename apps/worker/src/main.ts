import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadSettings } from '@app/batching';
import { endSlowRequests, PinoLogger, ProblemFilter, runService, withLastAnswers } from '@app/platform';
import { WorkerModule } from './worker.module';

runService(async () => {
  const settings = loadSettings();
  const app = await NestFactory.create<NestExpressApplication>(WorkerModule.register(settings), {
    logger: new PinoLogger({ service: 'worker', ...settings.log }),
    abortOnError: false,
    // No call of the worker has a body.
    bodyParser: false,
  });
  endSlowRequests(app.getHttpServer());
  app.disable('x-powered-by');
  app.useGlobalFilters(new ProblemFilter([]));
  const service = withLastAnswers(app);
  await app.listen(settings.http.workerPort);
  return service;
});
