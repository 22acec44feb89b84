import { buildAssistant } from './setup/assistant.mjs';
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { provideRedisServer } from './setup/redis-server.mjs';
import { readEnvironment } from './setup/environment.mjs';
import { isRedisBrought, loadSettings } from './setup/settings.mjs';
import { inRoot, runScript } from './setup/steps.mjs';
import { runInForeground } from './setup/foreground.mjs';

await runScript(async () => {
  checkNodeVersion();
  await installDependencies();
  await build();
  const { assistant, bot } = await loadSettings();
  if (assistant.model && bot.url === null) await buildAssistant();
  const { REDIS_SERVER } = readEnvironment();
  const env = isRedisBrought() ? {} : { REDIS_SERVER: await provideRedisServer(REDIS_SERVER) };
  process.exitCode = await runInForeground(
    process.execPath,
    ['--enable-source-maps', inRoot('dist', 'src', 'main.js')],
    env,
  );
});
