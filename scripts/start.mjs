import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { provideRedisServer } from './setup/redis-server.mjs';
import { inRoot, runScript } from './setup/steps.mjs';
import { runInForeground } from './setup/foreground.mjs';

await runScript(async () => {
  checkNodeVersion();
  await installDependencies();
  await build();
  const env = bringsItsOwnRedis() ? {} : { REDIS_SERVER: await provideRedisServer() };
  process.exitCode = await runInForeground(
    process.execPath,
    ['--enable-source-maps', inRoot('dist', 'src', 'main.js')],
    env,
  );
});

/** Whether `REDIS_URL` is set where the applications look for it. */
function bringsItsOwnRedis() {
  const shared = fromFile('.env');
  const name = process.env.NODE_ENV ?? shared.NODE_ENV ?? 'development';
  const { REDIS_URL } = { ...shared, ...fromFile(`.env.${name}`), ...process.env };
  return Boolean(REDIS_URL);
}

function fromFile(/** @type {string} */ name) {
  return existsSync(inRoot(name)) ? parseEnv(readFileSync(inRoot(name), 'utf8')) : {};
}
