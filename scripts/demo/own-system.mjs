import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from '../setup/build.mjs';
import { installDependencies } from '../setup/dependencies.mjs';
import { freePort } from '../setup/free-port.mjs';
import { checkNodeVersion } from '../setup/node-version.mjs';
import { provideRedisServer } from '../setup/redis-server.mjs';
import { inRoot, SetupError } from '../setup/steps.mjs';
import { Client } from './client.mjs';

const QUIET_MS = 9_000;
/** The least that the configuration takes. */
const SHORTEST_QUIET_MS = 50;
const START_MS = 90_000;
const POLL_MS = 100;

/**
 * Starts the whole system in one process, with data of its own that go with it.
 *
 * @param {number} speed shortens the quiet period as it shortens the customer's pauses
 * @param {Record<string, string>} [env] further variables
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startOwnSystem(speed, env = {}) {
  await provideBuild();
  const REDIS_SERVER = await provideRedisServer();
  const directory = await mkdtemp(join(tmpdir(), 'rapid-fire-demo-'));
  const port = await freePort();
  const quietMs = Math.max(SHORTEST_QUIET_MS, Math.round(QUIET_MS / speed));
  const child = spawn(process.execPath, [inRoot('dist', 'src', 'main.js')], {
    // Neither the shell's variables nor a `.env` decide how the demo goes: it has an empty folder and these.
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      REDIS_SERVER,
      DATA_DIR: join(directory, 'data'),
      PORT: String(port),
      BATCH_TIMEOUT: String(quietMs),
      BATCH_MAX_WAIT: String(quietMs * 7),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C reaches it through us alone: a second signal would end it at once.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => stop().finally(() => process.exit(1)));
  }
  const url = `http://localhost:${port}`;
  // Another process may have taken the port meanwhile, and answer in its place.
  const isOurs = () => output.includes(`${url}/live`);
  if (await becomesReady(new Client(url), child, isOurs)) return { url, stop };
  await stop();
  throw new SetupError(`The demo's own system did not start:\n${output.trim()}`);
}

/** Dependencies and a build, where they are missing. */
export async function provideBuild() {
  checkNodeVersion();
  await installDependencies();
  await build();
}

/**
 * @param {Client} client
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => boolean} isOurs whether it is this child that listens
 */
async function becomesReady(client, child, isOurs) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (isOurs() && (await client.isReady())) return true;
    await pause(POLL_MS);
  }
  return false;
}
