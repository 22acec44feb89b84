import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WAYS_TO_A_REDIS } from '@app/batching';
import { readEnvironment } from '@app/config';
import { PinoLogger, requireFreePort, runService } from '@app/platform';
import { loadSettings } from '@app/settings';
import { prepareWebhookApp } from '../apps/webhook/src/webhook.app';
import { AllInOneModule } from './all-in-one.module';
import { AssistantProcess } from './assistant-process';
import { EmbeddedRedis } from './embedded-redis/embedded-redis';
import { botOf, welcome } from './welcome';

// Stands in for the embedded Redis's address while the other settings are checked, before anything is started.
const TO_BE_STARTED = 'redis://127.0.0.1:0';

runService(async () => {
  const environment = readEnvironment();
  const { REDIS_SERVER, DATA_DIR } = environment;
  const brought = WAYS_TO_A_REDIS.some((variable) => Boolean(environment[variable]));
  const checked = loadSettings(brought ? {} : { REDIS_URL: TO_BE_STARTED });
  await requireFreePort(checked.http.port);
  const logger = new PinoLogger({ service: 'rapid-fire', ...checked.log });
  const embedded = brought
    ? null
    : await EmbeddedRedis.start({
        dataDir: DATA_DIR ?? '.data',
        binary: REDIS_SERVER ?? 'redis-server',
        log: (message) => logger.log(message, 'EmbeddedRedis'),
      });
  // Whoever names a bot is answered by that one.
  const withAssistant = checked.assistant.model !== null && checked.bot.url === null;
  const bot = withAssistant ? AssistantProcess.variables(checked) : {};
  let assistant: AssistantProcess | null = null;
  try {
    const redis = embedded ? { REDIS_URL: embedded.url } : {};
    const settings = loadSettings({ ...redis, ...bot });
    if (withAssistant) assistant = AssistantProcess.start({ ...bot, ...childRedis(embedded) });
    const app = await NestFactory.create<NestExpressApplication>(AllInOneModule.register(settings), {
      logger,
      abortOnError: false,
      bodyParser: false,
    });
    const service = prepareWebhookApp(app, settings);
    await app.listen(settings.http.port);
    process.stdout.write(welcome(await app.getUrl(), embedded?.url ?? null, botOf(settings, withAssistant)));
    return {
      close: async () => {
        await service.close();
        await assistant?.stop();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await assistant?.stop();
    await embedded?.stop();
    throw error;
  }
});

/** Another process has to be told of a Redis that this one brings, and that its port is as it should be. */
function childRedis(embedded: EmbeddedRedis | null): Record<string, string> {
  if (!embedded) return {};
  return { REDIS_URL: embedded.url, REDIS_ALLOWED_PORTS: new URL(embedded.url).port };
}
