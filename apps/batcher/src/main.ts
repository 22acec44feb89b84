import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { orderListeners, PinoLogger, ProblemFilter, requireFreePort, runService } from '@app/platform';
import { loadSettings } from '@app/settings';
import { BatcherModule } from './batcher.module';

runService(async () => {
  const settings = loadSettings();
  await requireFreePort(settings.http.batcherPort);
  const app = await NestFactory.create<NestExpressApplication>(BatcherModule.register(settings), {
    logger: new PinoLogger({ service: 'batcher', ...settings.log }),
    abortOnError: false,
    // No call of the batcher has a body.
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.useGlobalFilters(new ProblemFilter([]));
  const service = orderListeners(app);
  await app.listen(settings.http.batcherPort);
  return service;
});
