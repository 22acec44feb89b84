import { findServer, isServer } from './redis-binary.mjs';
import { installRedisServer } from './redis-packages.mjs';
import { buildWithRedisMemoryServer } from './redis-memory-server.mjs';
import { SetupError, say } from './steps.mjs';

/**
 * Finds a Redis server's binary, or gets one: the chosen one, the PATH and the usual places, the system's package
 * manager, a build of `redis-memory-server`.
 *
 * @returns {Promise<string>} its path
 * @throws SetupError that says what was tried, and what to do
 */
export async function provideRedisServer(chosen = process.env.REDIS_SERVER) {
  if (chosen) {
    if (await isServer(chosen)) return chosen;
    throw new SetupError(
      `REDIS_SERVER is ${chosen}, which is no working redis-server. Correct it, or unset it.`,
    );
  }
  const present = await findServer();
  if (present) return present;

  const failures = [];
  for (const get of [installRedisServer, buildWithRedisMemoryServer]) {
    const { server, failure } = await get();
    if (server) {
      say(`redis-server: ${server}`);
      return server;
    }
    failures.push(failure);
  }
  throw new SetupError(
    [
      'No redis-server could be found or installed.',
      ...failures.map((failure) => `  - ${failure}`),
      ADVICE,
    ].join('\n'),
  );
}

const ADVICE = `Do one of these, and run the command again:
  - install Redis 6.2 or newer, or Valkey, with your system's package manager;
  - set REDIS_SERVER to the path of a redis-server binary.
\`npm start\` also takes a Redis that runs already: set REDIS_URL.`;
