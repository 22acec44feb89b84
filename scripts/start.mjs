// Sets up what is missing, then runs everything in one process: `npm start`.
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { readEnvironment } from './setup/environment.mjs';
import { runNode } from './setup/foreground.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { provideRedisServer } from './setup/redis-server.mjs';
import { runScript } from './setup/steps.mjs';

await runScript(async () => {
  checkNodeVersion();
  const { REDIS_URL, REDIS_SERVER } = readEnvironment();
  await installDependencies();
  await build();
  // With a Redis of the operator's own, none is needed here.
  const server = REDIS_URL ? {} : { REDIS_SERVER: await provideRedisServer(REDIS_SERVER) };
  process.exitCode = await runNode(['--enable-source-maps', 'dist/src/main.js'], {
    ...process.env,
    ...server,
  });
});
