import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PinoLogger, requireFreePort, runService } from '@app/platform';
import { loadSettings } from '@app/settings';
import { prepareWebhookApp } from './webhook.app';
import { WebhookModule } from './webhook.module';

runService(async () => {
  const settings = loadSettings();
  await requireFreePort(settings.http.port);
  const app = await NestFactory.create<NestExpressApplication>(WebhookModule.register(settings), {
    logger: new PinoLogger({ service: 'webhook', ...settings.log }),
    abortOnError: false,
    bodyParser: false,
  });
  const service = prepareWebhookApp(app, settings);
  await app.listen(settings.http.port);
  return service;
});
