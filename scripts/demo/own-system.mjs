import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from '../setup/build.mjs';
import { installDependencies } from '../setup/dependencies.mjs';
import { checkNodeVersion } from '../setup/node-version.mjs';
import { provideRedisServer } from '../setup/redis-server.mjs';
import { inRoot, ROOT, SetupError } from '../setup/steps.mjs';
import { Client } from './client.mjs';

const QUIET_MS = 9_000;
const START_MS = 30_000;
const POLL_MS = 100;

/**
 * Starts the whole system in one process, with data of its own that go with it.
 *
 * @param {number} speed shortens the quiet period as it shortens the customer's pauses
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startOwnSystem(speed) {
  checkNodeVersion();
  await installDependencies();
  await build();
  const REDIS_SERVER = await provideRedisServer();
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'rapid-fire-demo-'));
  const port = await freePort();
  const own = {
    REDIS_SERVER,
    DATA_DIR,
    PORT: String(port),
    BATCH_TIMEOUT: String(Math.round(QUIET_MS / speed)),
  };
  const child = spawn(process.execPath, [inRoot('dist', 'src', 'main.js')], {
    cwd: ROOT,
    env: { ...process.env, REDIS_URL: '', ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(DATA_DIR, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  if (await becomesReady(new Client(url, {}), child)) return { url, stop };
  await stop();
  throw new SetupError(`The demo's own system did not start:\n${output.trim()}`);
}

async function becomesReady(client, child) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await client.isReady()) return true;
    await pause(POLL_MS);
  }
  return false;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
