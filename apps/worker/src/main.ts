import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { orderListeners, PinoLogger, ProblemFilter, requireFreePort, runService } from '@app/platform';
import { loadSettings } from '@app/settings';
import { WorkerModule } from './worker.module';

runService(async () => {
  const settings = loadSettings();
  await requireFreePort(settings.http.workerPort);
  const app = await NestFactory.create<NestExpressApplication>(WorkerModule.register(settings), {
    logger: new PinoLogger({ service: 'worker', ...settings.log }),
    abortOnError: false,
    // No call of the worker has a body.
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.useGlobalFilters(new ProblemFilter([]));
  const service = orderListeners(app);
  await app.listen(settings.http.workerPort);
  return service;
});
