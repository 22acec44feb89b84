import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { provideRedisServer } from './setup/redis-server.mjs';
import { readEnvironment } from './setup/environment.mjs';
import { checkSettings } from './setup/settings.mjs';
import { inRoot, runScript } from './setup/steps.mjs';
import { runInForeground } from './setup/foreground.mjs';

await runScript(async () => {
  checkNodeVersion();
  await installDependencies();
  await build();
  // Where the operator brings a Redis, none is needed here.
  const { REDIS_URL, REDIS_CLUSTER_NODES, REDIS_SENTINELS, REDIS_SERVER } = readEnvironment();
  const brought = Boolean(REDIS_URL || REDIS_CLUSTER_NODES || REDIS_SENTINELS);
  await checkSettings(brought);
  const env = brought ? {} : { REDIS_SERVER: await provideRedisServer(REDIS_SERVER) };
  process.exitCode = await runInForeground(
    process.execPath,
    ['--enable-source-maps', inRoot('dist', 'src', 'main.js')],
    env,
  );
});
