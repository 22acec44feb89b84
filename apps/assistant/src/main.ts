import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BootError, EXIT } from '@app/config';
import { orderListeners, PinoLogger, ProblemFilter, requireFreePort, runService } from '@app/platform';
import { loadSettings } from '@app/settings';
import { AssistantModule } from './assistant.module';

runService(async () => {
  const settings = loadSettings();
  const { port, model } = settings.assistant;
  if (!model) throw new BootError('The assistant needs AI_URL and AI_MODEL.', EXIT.config);
  await requireFreePort(port);
  const app = await NestFactory.create<NestExpressApplication>(AssistantModule.register(settings), {
    logger: new PinoLogger({ service: 'assistant', ...settings.log }),
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.useGlobalFilters(new ProblemFilter([]));
  const service = orderListeners(app);
  await app.listen(port);
  return service;
});
